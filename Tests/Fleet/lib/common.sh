# shellcheck shell=bash
# What every part uses: the table of hosts, progress lines, errors, waiting.

# shellcheck disable=SC2034 # used by the files beside this one
HOSTS=(web-1 web-2 staging) BRIDGE=vg0 GATEWAY=10.77.0.1

address_of() {
    case "$1" in
        web-1) echo 10.77.0.11 ;;
        web-2) echo 10.77.0.12 ;;
        staging) echo 10.77.0.13 ;;
        builder) echo 10.77.0.20 ;; # only while the images are put in the cache
        *) die "there is no host '$1': the hosts are ${HOSTS[*]}" ;;
    esac
}

project_of() {
    case "$1" in
        web-1) echo boutique ;;
        web-2) echo journal ;;
        staging) echo essai ;;
    esac
}

# Resolves nowhere: the fleet file says the address, and visitors are told it.
domain_of() { echo "$(project_of "$1").example"; }

# The words of curl, one a line, with which a visitor of the host's site finds and trusts it, and the other one.
visitor_words() {
    local domain address
    domain="$(domain_of "$1")" address="$(address_of "$1")"
    printf '%s\n' --cacert "$AUTHORITY/ca.pem" --resolve "$domain:80:$address" --resolve "$domain:443:$address"
    if has_vitrine "$1"; then vitrine_words "$1"; fi
}

# pings HOST: whether the host's PHP-FPM has a worker that answers, whatever the certificate is like.
pings() {
    local words
    mapfile -t words < <(visitor_words "$1")
    curl --silent --fail --insecure --max-time 5 "${words[@]}" "https://$(domain_of "$1")/fpm-ping"
}

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }

die() {
    printf 'fleet: %s\n' "$*" >&2
    exit 1
}

require_root_on_debian() {
    if [ "$(id -u)" -ne 0 ] || ! [ -e /etc/debian_version ]; then
        echo "fleet: the test hosts need root on a Debian machine, because they boot whole systems in containers." >&2
        exit 3
    fi
}

# Closes all but the standard three, for what outlives this command: a caller's lock, `up`'s own among them, would
# otherwise be held for as long as it runs.
close_inherited() {
    local descriptor
    for descriptor in /proc/self/fd/*; do
        descriptor="${descriptor##*/}"
        if [ "$descriptor" -gt 2 ]; then eval "exec $descriptor>&-"; fi
    done
}

# wait_for SECONDS COMMAND…: run the command until it succeeds.
wait_for() {
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.3
    done
}

# Install only what is missing, so that a warm `up` never waits for apt.
install_packages() {
    local missing=() package
    for package in mmdebstrap systemd-container iproute2 openssh-client python3 python3-pip curl openssl e2fsprogs util-linux; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "installing ${missing[*]}"
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } >"$DIRECTORY/apt.log" 2>&1 || {
        tail -n 20 "$DIRECTORY/apt.log" >&2
        die "apt-get could not install ${missing[*]}"
    }
}

# shellcheck shell=bash
# HTTPS: a test authority in the cache, and for each site a certificate of six days.

AUTHORITY="$CACHE/authority"

# A year; made anew in its last month, so that no run of the fleet outlives it.
build_authority() {
    mkdir "$1"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj '/CN=vigie test authority' \
        -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
        -keyout "$1/ca.key" -out "$1/ca.pem"
    chmod 600 "$1/ca.key"
    chmod 644 "$1/ca.pem"
}

renew_authority() {
    openssl x509 -checkend $((30 * 86400)) -noout -in "$AUTHORITY/ca.pem" >/dev/null 2>&1 || rm -f "$AUTHORITY.recipe"
    cached authority build_authority
}

tls_of() { echo "$STATE/$1/root/srv/$(project_of "$1")/tls"; }

# is_good_certificate DIRECTORY: whether the one there is signed by the authority and lasts two days more.
is_good_certificate() {
    openssl x509 -checkend $((2 * 86400)) -noout -in "$1/certificate.pem" >/dev/null 2>&1 &&
        openssl verify -CAfile "$AUTHORITY/ca.pem" "$1/certificate.pem" >/dev/null 2>&1
}

# ensure_certificate HOST: a good one for its site; keeps what is good.
ensure_certificate() {
    if is_good_certificate "$(tls_of "$1")"; then return; fi
    issue_certificate "$1" '-1 hour'
    reload_edge "$1" >/dev/null 2>&1 || true # not there yet when the host is new
}

# issue_certificate HOST SINCE: six days from then, for the host's domain, in the place of what is there.
issue_certificate() { sign_certificate "$1" "$(domain_of "$1")" "$2" "$(tls_of "$1")"; }

# sign_certificate HOST DOMAIN SINCE DIRECTORY: by `openssl ca`, because the dates of `openssl x509` cannot lie in the past.
sign_certificate() {
    local host="$1" domain="$2" since="$3" begins work place="$4"
    begins="$(date --date "$since" +%s)"
    work="$(mktemp --directory "$STATE/$host/tls.XXXXXX")"
    : >"$work/index"
    cat >"$work/settings" <<TEXT
[ca]
default_ca = fleet
[fleet]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
policy = policy
x509_extensions = site
[policy]
commonName = supplied
[site]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:$domain
TEXT
    {
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$domain" \
            -keyout "$work/key.pem" -out "$work/request.pem" &&
            openssl ca -batch -notext -config "$work/settings" -cert "$AUTHORITY/ca.pem" -keyfile "$AUTHORITY/ca.key" \
                -startdate "$(date -u --date "@$begins" +%Y%m%d%H%M%SZ)" \
                -enddate "$(date -u --date "@$((begins + 6 * 86400))" +%Y%m%d%H%M%SZ)" \
                -in "$work/request.pem" -out "$work/certificate.pem"
    } >"$STATE/$host/tls.log" 2>&1 || {
        cat "$STATE/$host/tls.log" >&2
        die "openssl did not issue a certificate for $domain"
    }
    mkdir -p "$place"
    install -m 600 "$work/key.pem" "$place/key.pem"
    install -m 644 "$work/certificate.pem" "$place/certificate.pem"
    rm -rf "$work"
}

# The service that ends TLS: a proxy, but on staging the web server itself.
edge_of() { if [ "$1" = staging ]; then echo nginx; else echo proxy; fi; }

reload_edge() {
    inside "$1" docker exec "$(project_of "$1")-$(edge_of "$1")-1" nginx -c /etc/nginx/edge/nginx.conf -s reload 2>>"$STATE/$1/edge.log"
}

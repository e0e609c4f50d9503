# shellcheck shell=bash
# What a client of the fleet needs: ssh_config, known hosts, fleet file.

write_client_files() {
    local host
    mkdir -p "$DIRECTORY"
    : >"$DIRECTORY/known_hosts"
    : >"$DIRECTORY/ssh_config"
    for host in "${HOSTS[@]}"; do
        echo "$(address_of "$host") $(cut -d' ' -f1,2 "$CACHE/keys/$host.pub")" >>"$DIRECTORY/known_hosts"
        printf 'Host %s\n    HostName %s\n\n' "$host" "$(address_of "$host")" >>"$DIRECTORY/ssh_config"
    done
    # curve25519 alone: the post-quantum exchange costs a hundred milliseconds of processor per connection.
    cat >>"$DIRECTORY/ssh_config" <<TEXT
Host *
    User ops
    IdentityFile $CACHE/keys/client
    IdentitiesOnly yes
    UserKnownHostsFile $DIRECTORY/known_hosts
    StrictHostKeyChecking yes
    KexAlgorithms curve25519-sha256
TEXT
    cat >"$DIRECTORY/fleet.json5" <<TEXT
// Written by Tests/Fleet/fleet: three Debian hosts on this machine.
{
  defaults: { interval: "2s", sshConfig: "$DIRECTORY/ssh_config", authorities: "$AUTHORITY/ca.pem" },
  hosts: [
    { name: "web-1", ssh: "web-1", environment: "prod", kind: "vps", tags: ["shop"] },
    { name: "web-2", ssh: "web-2", environment: "prod", kind: "vps", tags: ["press"] },
    { name: "staging", ssh: "staging", environment: "dev", kind: "vps", tags: ["trial"] },
  ],
  projects: [
    { name: "boutique", profile: "ovh-vps", hosts: ["web-1"], environment: "prod", domains: ["boutique.example"], address: "10.77.0.11", directory: "/srv/boutique",
      parts: [{ service: "db", user: "monitor", secret: { variable: "MONITOR_PASSWORD" } }] },
    { name: "journal", profile: "ovh-vps", hosts: ["web-2"], environment: "prod", domains: ["journal.example"], address: "10.77.0.12", directory: "/srv/journal",
      parts: [{ service: "db", user: "monitor", secret: { variable: "MONITOR_PASSWORD" } }] },
    { name: "essai", profile: "ovh-vps", hosts: ["staging"], environment: "dev", domains: ["essai.example"], address: "10.77.0.13", directory: "/srv/essai",
      parts: [{ service: "redis", secret: { file: "/srv/essai/redis-password" } }] },
    // Without its domain: it is not at the usual port.
    { name: "vitrine", profile: "ovh-vps", hosts: ["staging"], environment: "dev", directory: "/srv/vitrine" },
  ],
}
TEXT
    if [ -n "${SUDO_USER:-}" ]; then
        chown "$SUDO_USER:" "$DIRECTORY" "$DIRECTORY"/{ssh_config,known_hosts,fleet.json5} "$CACHE/keys/client"
    fi
}

command_visit() {
    local words
    [ $# -gt 1 ] || die "usage: fleet visit HOST CURL-WORD…"
    address_of "$1" >/dev/null
    mapfile -t words < <(visitor_words "$1")
    shift
    exec curl "${words[@]}" "$@"
}

command_ssh() {
    [ $# -gt 0 ] || die "usage: fleet ssh [USER@]HOST [COMMAND…]"
    address_of "${1#*@}" >/dev/null
    exec ssh -F "$DIRECTORY/ssh_config" "$@"
}

# shellcheck shell=bash
# What makes a mounted tree this host and no other: name, address, keys, settings, project.

configure_guest() {
    local host="$1" root="$2" project
    echo "$host" >"$root/etc/hostname"
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$host" >"$root/etc/hosts"
    # Fixed, so that systemd does not take each boot for the first one.
    printf 'vigie test fleet %s' "$host" | md5sum | cut -c1-32 >"$root/etc/machine-id"
    cp -r "$SOURCE/guests/all/." "$root/"
    if [ -d "$SOURCE/guests/$host" ]; then cp -r "$SOURCE/guests/$host/." "$root/"; fi
    sed -i "s|@ADDRESS@|$(address_of "$host")|; s|@GATEWAY@|$GATEWAY|" "$root/etc/systemd/network/10-host0.network"
    cp "$CACHE/compose/docker-compose" "$root/usr/libexec/docker/cli-plugins/docker-compose"
    install_host_key "$host" "$root" "$CACHE/keys/$host"
    authorize "$root/root/.ssh" 0:0
    authorize "$root/home/ops/.ssh" "$(awk -F: '$1 == "ops" { print $3 ":" $4 }' "$root/etc/passwd")"
    project="$(project_of "$host")"
    if [ -n "$project" ]; then
        cp -r "$SOURCE/projects/common" "$root/srv/$project"
        cp -r "$SOURCE/projects/$project/." "$root/srv/$project/"
    fi
}

install_host_key() {
    install -m 600 "$3" "$2/etc/ssh/ssh_host_ed25519_key"
    install -m 644 "$3.pub" "$2/etc/ssh/ssh_host_ed25519_key.pub"
}

authorize() {
    install -d -m 700 "$1"
    install -m 600 "$CACHE/keys/client.pub" "$1/authorized_keys"
    chown -R "$2" "$1"
}

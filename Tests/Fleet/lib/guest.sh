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
        make_secrets "$root/srv/$project" "$(awk -F: '$1 == "ops" { print $3 }' "$root/etc/passwd")"
    fi
}

# make_secrets DIRECTORY OPERATOR: passwords that are nowhere but on this host, new with each one.
make_secrets() {
    local word
    word="$(openssl rand -hex 16)"
    # Compose reads it: the variable of the database's container.
    (umask 077 && echo "MONITOR_PASSWORD=$word" >"$1/.env")
    chown "$2" "$1/.env"
    if [ -e "$1/start-redis.sh" ]; then
        word="$(openssl rand -hex 16)"
        (umask 077 && echo "$word" >"$1/redis-password")
        # Group 33 is www-data, in the container too: the application reads it.
        chown "$2:33" "$1/redis-password"
        chmod 440 "$1/redis-password"
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

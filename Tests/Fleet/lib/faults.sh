# shellcheck shell=bash
# What can go wrong with a host, on demand, and how it is put right again.

command_fault() { change_fault fault "$@"; }
command_heal() { change_fault heal "$@"; }

change_fault() {
    local verb="$1" name="${2:-}" host="${3:-}" action
    shift
    [ $# -ge 2 ] || die "usage: fleet $verb NAME HOST"
    shift 2
    address_of "$host" >/dev/null
    action="${verb}_${name//-/_}"
    declare -F "$action" >/dev/null || die "there is no fault '$name'; see fleet help"
    "$action" "$host" "$@"
    say "$host: $verb $name"
}

# The line is cut: packets vanish without a word, as when a switch dies.
fault_partition() { ip link set "$(link_of "$1")" down; }
heal_partition() { ip link set "$(link_of "$1")" up; }

# The processes that serve open sessions die; the listener stays.
fault_sshd_kill() {
    inside "$1" sh -c "ps -eo pid=,args= | awk '\$2 == \"sshd:\" && \$3 != \"/usr/sbin/sshd\" { print \$1 }' | xargs -r kill -KILL"
}
heal_sshd_kill() { inside "$1" systemctl restart ssh; }

# The console's sampler stands still, with its connection open.
fault_hang() { signal_samplers "$1" STOP; }
heal_hang() { signal_samplers "$1" CONT; }
signal_samplers() {
    local found
    found="$(inside "$1" sh -c 'grep -lz "^VIGIE_SAMPLER=" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | tr "\n" " "')"
    if [ -z "$found" ]; then
        [ "$2" = CONT ] && return # it may have been ended meanwhile: that is what healing wants
        die "$1 runs no sampler (no process has VIGIE_SAMPLER in its environment)"
    fi
    # shellcheck disable=SC2086 # a list of numbers
    inside "$1" kill "-$2" $found
}

fault_docker_stop() { inside "$1" systemctl stop docker.socket docker.service; }
heal_docker_stop() { inside "$1" systemctl start docker.service; }

# The engine stands still: it takes what it is asked and does not answer, as one does whose disk hangs.
fault_docker_hang() { inside "$1" systemctl kill --kill-whom=main --signal=STOP docker.service; }
heal_docker_hang() { inside "$1" systemctl kill --kill-whom=main --signal=CONT docker.service; }

# The operator's sudo asks for a password, which nobody has.
fault_sudo_password() { inside "$1" sed -i 's/NOPASSWD: //' /etc/sudoers.d/ops; }
heal_sudo_password() { inside "$1" sh -c "echo 'ops ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ops"; }

fault_power_off() { stop_host "$1"; }
heal_power_off() {
    nspawn_of "$1" >/dev/null || start_host "$1"
    wait_for 90 answers "$1" || {
        explain_failure "$1"
        exit 1
    }
}

# 300 ms of delay and one packet in ten lost, each way together; see slow-line.py.
fault_slow() {
    [ -e "$STATE/$1/slow.pid" ] && return
    local link
    link="$(link_of "$1")"
    ip link add "vs-$1" type veth peer name "vt-$1"
    ip link set "vs-$1" master "$BRIDGE" up
    ip link set "vt-$1" up
    ip link set "$link" nomaster
    (
        close_inherited
        exec setsid python3 "$SOURCE/lib/slow-line.py" "$link" "vt-$1" 0.150 0.05
    ) </dev/null >"$STATE/$1/slow.log" 2>&1 &
    echo $! >"$STATE/$1/slow.pid"
}
heal_slow() {
    local pid
    [ -e "$STATE/$1/slow.pid" ] || return 0
    pid="$(cat "$STATE/$1/slow.pid")"
    if grep -qz slow-line.py "/proc/$pid/cmdline" 2>/dev/null; then kill "$pid"; fi
    rm "$STATE/$1/slow.pid"
    ip link delete "vs-$1" 2>/dev/null || true
    if [ -e "/sys/class/net/$(link_of "$1")" ]; then ip link set "$(link_of "$1")" master "$BRIDGE"; fi
}

# The host answers with another key than the one in known_hosts, as a stranger in between would.
fault_hostkey() {
    local key="$STATE/$1/other"
    [ -e "$key" ] || ssh-keygen -q -t ed25519 -N '' -f "$key"
    use_host_key "$1" "$key"
}
heal_hostkey() { use_host_key "$1" "$CACHE/keys/$1"; }
use_host_key() {
    install_host_key "$1" "$STATE/$1/root" "$2"
    inside "$1" systemctl restart ssh
    # Open sessions would go on with the key that they have seen.
    fault_sshd_kill "$1"
}

# A service's main process is killed from outside Docker: exit status 137 that nobody asked for.
fault_crash() {
    local container
    container="$(project_of "$1")-${2:-php}-1"
    inside "$1" sh -c "kill -KILL \"\$(docker inspect --format '{{.State.Pid}}' $container)\""
}
heal_crash() { inside "$1" docker start "$(project_of "$1")-${2:-php}-1" >/dev/null; }

# A container takes more memory than it may have; it stays there, dead, until healed.
fault_oom() {
    heal_oom "$1"
    # shellcheck disable=SC2016 # PHP's variable, not the shell's
    inside "$1" docker run --detach --name memory-hog --memory 24m --memory-swap 24m php:8.2-fpm \
        php -d memory_limit=-1 -r '$all = []; while (true) { $all[] = str_repeat("x", 1 << 20); }' >/dev/null
}
heal_oom() { inside "$1" docker rm --force memory-hog >/dev/null 2>&1 || true; }

# shellcheck shell=bash
# What can go wrong in a project's stack, from the visitor to the disk, and how it is put right again.

REQUEST_SECONDS=900 # after which requests that are kept up end by themselves, should they be forgotten

# keep_up NAME HOST LOOPS PATH CURL-WORD…: requests to the host's site, until stop_requests.
keep_up() {
    local name="$1" host="$2" loops="$3" path="$4" words
    shift 4
    stop_requests "$name" "$host"
    # Insecure, so that a bad certificate can be had at the same time.
    mapfile -t words < <(visitor_words "$host" && echo --insecure)
    (
        close_inherited
        exec setsid bash "$SOURCE/lib/requests.sh" "$REQUEST_SECONDS" "$loops" "${words[@]}" "$@" \
            "https://$(domain_of "$host")$path"
    ) </dev/null >/dev/null 2>&1 &
    echo $! >"$STATE/$host/$name.pid"
}

stop_requests() {
    local file="$STATE/$2/$1.pid" pid
    pid="$(cat "$file" 2>/dev/null)" || return 0
    if grep -qz 'requests\.sh$' "/proc/$pid/cmdline" 2>/dev/null; then kill -- "-$pid"; fi
    rm -f "$file"
}

# Ten visitors who wait ten seconds each for their page, for as long as it takes.
fault_slow_requests() { keep_up slow-requests "$1" 10 '/slow.php?seconds=10'; }
heal_slow_requests() {
    stop_requests slow-requests "$1"
    # PHP-FPM still serves those who have gone; the ping waits its turn in the same queue.
    wait_for 60 pings "$1" || die "$1: PHP-FPM did not come to an end of the slow requests"
}

# Twenty pages a second that fail.
fault_errors() { keep_up errors "$1" 1 '/broken.php?visit=[1-20]' --parallel --parallel-max 4; }
heal_errors() { stop_requests errors "$1"; }

fault_db_stop() { change_database stop "$1"; }
heal_db_stop() { change_database start "$1"; }
change_database() {
    [ "$2" != staging ] || die "staging has no database"
    inside "$2" docker "$1" "$(project_of "$2")-db-1" >/dev/null
}

# An ext4 of 32 MB, full to 97 %. In a file, because the sampler rightly leaves tmpfs out.
fault_disk_full() {
    local host="$1" image="$STATE/$1/small.img" device number free size
    heal_disk_full "$host"
    truncate --size 32M "$image"
    mkfs.ext4 -q -m 0 -O '^has_journal' "$image"
    device="$(losetup --find)" number="${device#/dev/loop}"
    [ -b "$device" ] || mknod -m 660 "$device" b 7 "$number" # missing where /dev is a container's
    losetup "$device" "$image" || die "this machine has no loop device for a small file system"
    # The device's node is put in the host, whose /dev is its own. Detached while mounted, the device goes
    # when the last user does: with the mount, or with the whole host.
    inside "$host" sh -c "[ -b $device ] || mknod -m 660 $device b 7 $number; mkdir -p /srv/small && mount -t ext4 $device /srv/small" || {
        losetup --detach "$device"
        die "$host could not mount a small file system"
    }
    losetup --detach "$device"
    read -r size free < <(inside "$host" df -B1 --output=size,avail /srv/small | tail -n 1)
    inside "$host" sh -c "head -c $((free - size * 3 / 100)) /dev/zero >/srv/small/filling"
}
heal_disk_full() {
    inside "$1" sh -c 'if mountpoint -q /srv/small; then umount /srv/small; fi; rm -rf /srv/small; rm -f /dev/loop[0-9]*'
    rm -f "$STATE/$1/small.img"
}

# The certificate that was good the week before last.
fault_certificate() {
    issue_certificate "$1" '-8 days'
    reload_edge "$1"
}
heal_certificate() {
    issue_certificate "$1" '-1 hour'
    reload_edge "$1"
}

# Who comes by http stays on http.
fault_redirect() {
    echo '# Taken away by the fault redirect.' >"$(redirect_of "$1")"
    reload_edge "$1"
}
heal_redirect() {
    cp "$SOURCE/projects/common/edge/redirect.conf" "$(redirect_of "$1")"
    reload_edge "$1"
}
redirect_of() { echo "$STATE/$1/root/srv/$(project_of "$1")/edge/redirect.conf"; }

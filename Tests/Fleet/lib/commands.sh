# shellcheck shell=bash
# up, down, status, clean.

command_up() {
    local host pids=() failed=0 index
    # Two at once would build and boot the same things. Children hold the lock too: after an
    # interruption, the next `up` waits for what is still being built.
    exec 9>"$DIRECTORY/lock"
    flock 9
    install_packages
    start_bridge
    build_cache
    write_client_files
    for host in "${HOSTS[@]}"; do
        bring_up "$host" &
        pids+=($!)
    done
    for index in "${!pids[@]}"; do
        wait "${pids[$index]}" || {
            failed=1
            explain_failure "${HOSTS[$index]}"
        }
    done
    [ "$failed" = 0 ] || exit 1
    say "the fleet is up: vigie --fleet $DIRECTORY/fleet.json5"
}

bring_up() {
    local host="$1" project
    if ! nspawn_of "$host" >/dev/null; then
        stop_host "$host" # clears what a crash of the machine or a killed `up` left
        rm -rf "${STATE:?}/$host"
        say "$host: booting"
        start_host "$host"
    fi
    wait_for 90 answers "$host" || return 1
    say "$host: answers to ssh"
    wait_for 60 on_host "$host" docker info || return 1
    ensure_certificate "$host" || return 1
    project="$(project_of "$host")"
    on_host "$host" "cd /srv/$project && docker compose --ansi never up --detach" >"$STATE/$host/compose.log" 2>&1 || return 1
    # The development host is left open, so that checks find something to say.
    if [ "$host" != staging ]; then
        on_host "$host" 'sudo ufw allow OpenSSH && sudo ufw allow 80/tcp && sudo ufw allow 443/tcp && sudo ufw --force enable' >"$STATE/$host/ufw.log" 2>&1 || return 1
    fi
    say "$host: $project is up"
    if has_vitrine "$host"; then bring_up_vitrine "$host" || return 1; fi
}

on_host() {
    local host="$1"
    shift
    ssh -F "$DIRECTORY/ssh_config" -o BatchMode=yes -o ConnectTimeout=2 -n "$host" "$@"
}

answers() { on_host "$1" true; }

explain_failure() {
    local log
    say "$1 did not come up" >&2
    for log in "$STATE/$1/console.log" "$STATE/$1/compose.log" "$STATE/$1/vitrine.log" "$STATE/$1/ufw.log"; do
        if [ -s "$log" ]; then
            echo "--- last lines of $log" >&2
            tail -n 25 "$log" >&2
        fi
    done
}

command_down() {
    local host
    load_stop
    for host in "${HOSTS[@]}" builder; do
        [ -d "$STATE/$host" ] || continue
        stop_requests slow-requests "$host"
        stop_requests errors "$host"
        { heal_slow "$host" && stop_host "$host" && rm -rf "${STATE:?}/$host" && say "$host: off"; } &
    done
    wait
    stop_bridge
}

command_status() {
    local host
    for host in "${HOSTS[@]}"; do
        if ! nspawn_of "$host" >/dev/null; then
            printf '%-8s off\n' "$host"
        elif answers "$host"; then
            printf '%-8s up, %s, %s containers running\n' "$host" "$(address_of "$host")" \
                "$(on_host "$host" 'docker ps -q | wc -l' 2>/dev/null || echo 'unknown:')"
        else
            printf '%-8s booted, but does not answer to ssh\n' "$host"
        fi
    done
    if load_runs; then echo "load     running"; else echo "load     off"; fi
}

command_clean() {
    command_down
    # By name: the directory is the user's choice and may hold other things.
    rm -rf --one-file-system "${CACHE:?}" "${STATE:?}"
    rm -f "$DIRECTORY"/{ssh_config,known_hosts,fleet.json5,apt.log,lock}
    rmdir --ignore-fail-on-non-empty "$DIRECTORY"
}

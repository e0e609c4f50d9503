# shellcheck shell=bash
# Visitors for the sites: enough to move every figure, little enough to go unnoticed.

LOAD_SECONDS=7200 # it ends by itself, should it be forgotten

command_load() {
    case "${1:-}" in
        start) load_start ;;
        stop) load_stop ;;
        *) die "usage: fleet load start | stop" ;;
    esac
}

load_runs() { [ -n "$(load_process)" ]; }

load_process() {
    local pid
    pid="$(cat "$STATE/load.pid" 2>/dev/null)" || return 0
    if grep -qz 'visitors\.sh$' "/proc/$pid/cmdline" 2>/dev/null; then echo "$pid"; fi
}

load_start() {
    local host words=() sites=()
    if load_runs; then return; fi
    for host in "${HOSTS[@]}"; do
        mapfile -t -O "${#words[@]}" words < <(visitor_words "$host")
        sites+=("$(domain_of "$host")")
        if has_vitrine "$host"; then sites+=("$VITRINE_DOMAIN"); fi
    done
    (
        close_inherited
        exec setsid bash "$SOURCE/lib/visitors.sh" "$LOAD_SECONDS" "${sites[*]}" "${words[@]}"
    ) </dev/null >/dev/null 2>&1 &
    echo $! >"$STATE/load.pid"
    say "load started, for $((LOAD_SECONDS / 60)) minutes at most"
}

load_stop() {
    local pid
    pid="$(load_process)"
    if [ -n "$pid" ]; then
        kill "$pid"
        say "load stopped"
    fi
    rm -f "$STATE/load.pid"
}

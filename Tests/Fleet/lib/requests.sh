#!/bin/bash
# requests.sh SECONDS LOOPS CURL-WORD…: as many loops side by side, each one curl after the other and at
# most one a second, until the time is over. Whoever starts it gives it a process group of its own, to end it by.
set -euo pipefail

lasts="$1" loops="$2"
shift 2

repeat() {
    while [ "$SECONDS" -lt "$lasts" ]; do
        sleep 1 &
        # Errors and refusals are what a fault is for.
        curl --silent --output /dev/null --max-time 60 "$@" || true
        wait
    done
}

for _ in $(seq "$loops"); do repeat "$@" & done
wait

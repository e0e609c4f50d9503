#!/bin/bash
# visitors.sh SECONDS ADDRESS…: asks each address for pages, one curl a second for all of them.
# The number of pages follows a wave of a minute, so that charts have a shape.
set -euo pipefail

WAVE=(1 1 2 3 5 7 8 8 7 5 3 2)
lasts="$1"
shift

while [ "$SECONDS" -lt "$lasts" ]; do
    pages="${WAVE[$((SECONDS / 5 % ${#WAVE[@]}))]}"
    urls=()
    for address in "$@"; do urls+=("http://$address/?visit=[1-$pages]"); done
    # A host that is down, stopped or behind a bad line is no reason to end.
    curl --silent --output /dev/null --connect-timeout 0.5 --max-time 2 --parallel --parallel-max 3 "${urls[@]}" || true
    sleep 1
done

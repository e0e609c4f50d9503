#!/bin/bash
# visitors.sh SECONDS "DOMAIN…" CURL-WORD…: asks each site for pages, one curl a second for all of them.
# Over HTTPS; one visitor for each site comes by http and lets himself be sent on.
# The number of pages follows a wave of a minute, so that charts have a shape.
set -euo pipefail

WAVE=(1 1 2 3 5 7 8 8 7 5 3 2)
lasts="$1"
read -r -a sites <<<"$2"
shift 2

while [ "$SECONDS" -lt "$lasts" ]; do
    pages="${WAVE[$((SECONDS / 5 % ${#WAVE[@]}))]}"
    urls=()
    for site in "${sites[@]}"; do urls+=("https://$site/?visit=[1-$pages]" "http://$site/?visit=0"); done
    # A host that is down, stopped or behind a bad line is no reason to end.
    curl --silent --output /dev/null --location --connect-timeout 0.5 --max-time 2 --parallel --parallel-max 3 "$@" "${urls[@]}" || true
    sleep 1
done

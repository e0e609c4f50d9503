# shellcheck shell=bash
# Tests of how the sampler counts what access logs say, and tells what takes the disk, against stand-ins, and how it
# asks Traefik, against what a real one answered.
# shellcheck disable=SC2016,SC2154 # Names are shared between the files; programs are in quotes.

# log NUMBER TEXT…: lines on a container's standard output, now.
log() {
  local text
  for text in "${@:2}"; do printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" "$text" >> "$LOGS/$(identifier "$1")"; done
}
# The sum of what has been counted: counted NUMBER KEY COUNT
counted() {
  awk -v part="part $(identifier "$1") accesslog " -v key="$2=" -v wanted="$3" 'index($0, part) == 1 {
    for (i = 4; i <= NF; i++) if (index($i, key) == 1) sum += substr($i, length(key) + 1) } END { exit !(sum == wanted) }' "$out"
}

web_engine() {
  with_parts
  LOGS=$work/logs
  rm -rf "$LOGS" "$work/engine.sock"
  mkdir "$LOGS"
  for n in 40 41 42 43; do
    place "$n" "$$" "127.0.2.$n"
    : > "$LOGS/$(identifier "$n")"
  done
  python3 "$here/programs/engine-socket" "$work/engine.sock" "$LOGS" &
  servers+=("$!")
  until_true 5 test -S "$work/engine.sock"
}

test_weblogs() {
  local n
  web_engine
  log 40 '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "GET /old HTTP/1.1" 500 12 "-" "curl"'
  sed -i 's/^20[0-9-]*T/2020-01-01T/' "$LOGS/$(identifier 40)"
  start 300 "PATH=$here/programs:$PATH" "ENGINE=$ENGINE" "DOCKER_HOST=unix://$work/engine.sock"
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  for n in 40 41; do ask "$n" accesslog; done
  check 'an access log without visitors has none' until_true 5 answers 40 accesslog 'seconds=[0-9.]+ requests=0 s2=0 s3=0 s4=0 s5=0 unread=0$'
  check 'an empty log is no access log yet' until_true 5 answers 41 accesslog 'error nothing has come on its standard output; Nginx: access_log /dev/stdout'
  log 40 '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "GET / HTTP/1.1" 200 12 "-" "curl"' \
    '1.2.3.4 - al [23/Nov/2026:23:00:00 +0000] "POST /pay?card=1 HTTP/2.0" 502 0 "http://a/" "M (\x22 500 1 )" 1.250' \
    '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "GET /\" 500 9 HTTP/1.1" 404 9 "-" "Apache escapes like this"' \
    '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "" 400 0 "-" "-"' \
    '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "GET /t HTTP/1.1" 302 17 "-" "-" 9 "shop@docker" "http://10.0.0.2:80" 120ms' \
    '{"DownstreamStatus":200,"Duration":2500000000,"RequestPath":"/json?x=1","level":"info"}' \
    '/docker-entrypoint.sh: $(touch EVIL)' '' "$(printf 'x%.0s' {1..212})"
  check 'what comes is counted' until_true 5 counted 40 requests 6
  for n in 's2 2' 's3 1' 's4 2' 's5 1' 'unread 3'; do
    # shellcheck disable=SC2086
    check "by its status: $n" counted 40 $n
  done
  for n in {1..30}; do log 40 '1.2.3.4 - - [x] "GET /again HTTP/1.1" 200 12 "-" "c"'; read -r -t 0.1 _ <> <(:); done
  check 'across questions nothing is lost' until_true 5 counted 40 requests 36
  read -r -t 2.5 _ <> <(:)
  check 'and nothing counted twice' counted 40 requests 36
  check 'two logs are one question of one program' same_count 40 41
  for n in {1..400}; do printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%N)Z" '- - - [x] "GET / HTTP/1.1" 200 1 "-" "-"'; done \
    > "$work/burst"
  cat "$work/burst" >> "$LOGS/$(identifier 40)"
  check 'of more than it asks for, it says the time that they took' until_true 5 \
    answers 40 accesslog 'seconds=[0-9]\.[0-9]+ requests=[1-9][0-9]+ s2=[1-9][0-9]+ s3=0 s4=0 s5=0 unread=0$'
  order "tell $(identifier 40) paths"
  check 'paths are told, the slowest first' until_true 5 bash -c 'grep "^answer .* paths " "$1" | sed -n 2p | grep -q "longest 2.500 s  1 requests  0 with 5xx  /json$"' _ "$out"
  check 'and what failed' says '^answer .* paths mean 1.250 s  longest 1.250 s  1 requests  1 with 5xx  /pay$'
  check 'without what may be secret in them' bash -c '! grep -q "card=" "$1"' _ "$out"
  check 'and the whole' says '^answer .* paths 43[0-9] requests, 1 answered with 5xx, 3 lines not understood$'
  echo '500 configured logging driver does not support reading' > "$LOGS/$(identifier 42).status"
  echo '/var/log/nginx/access.log' > "$ENGINE/exec/$(identifier 43)"
  for n in 42 43; do ask "$n" accesslog; done
  check 'a driver that keeps nothing is said to, with the cure' until_true 5 answers 42 accesslog 'error its logging driver keeps nothing.*; use the driver json-file'
  check 'a log in a file is said to be' until_true 5 answers 43 accesslog \
    'error the access log is the file /var/log/nginx/access.log in the container, .*; Nginx: access_log /dev/stdout'
  check 'nothing of it was evaluated' test ! -e EVIL
  check 'frames are whole beside all that' frames_are_whole
  end_parts
  test_logs_by_program
  test_traefik
  test_disk
}

# Where the engine's socket is not on this host, Docker's own program tells.
test_logs_by_program() {
  with_parts
  LOGS=$ENGINE/logs
  mkdir "$LOGS"
  place 44 "$$" 127.0.2.44
  log 44 '1.2.3.4 - - [23/Nov/2026:23:00:00 +0000] "GET /slow HTTP/1.1" 503 12 "-" "curl" 0.500'
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 44 accesslog
  check 'without the socket, Docker is asked by its program' until_true 5 counted 44 s5 1
  order "tell $(identifier 44) paths"
  check 'also for the paths' until_true 5 says '^answer .* paths mean 0.500 s  longest 0.500 s  1 requests  1 with 5xx  /slow$'
  end_parts
}

same_count() {
  local first second
  first=$(grep -c "/$(identifier "$1")/" "$LOGS/asked") second=$(grep -c "/$(identifier "$2")/" "$LOGS/asked")
  ((first - second < 3 && second - first < 3))
}

test_traefik() {
  local n
  with_parts
  serve 45 traefik all; serve 46 traefik api; serve 47 traefik none; serve 48 traefik metrics; serve 49 traefik fresh; serve 50 traefik large
  place 51 "$$" 127.0.2.51
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  for n in 45 46 47 48 49 50 51; do ask "$n" traefik; done
  check 'a Traefik tells its traffic, by its entry points' until_true 5 has 45 traefik requests=12 s5=4
  check 'its servers' has 45 traefik servers=2 servers-down=1
  check 'its services, without those whose servers were all away' has 45 traefik service:shop@file=5/1 service:refused@file=2/2
  check 'its routers, with those' has 45 traefik router:shop@file=5/1 router:dead@file=1/1
  check 'whatever they are called' has 45 traefik 'service:a[$(touch\040EVIL)]\040b\075/c"d\134e@file=2/0' 'router:a[$(touch\040EVIL)]\040b\075/c"d\134e@file=2/0'
  check 'its routers in error, of all protocols' has 45 traefik routers=10 routers-in-error=3
  check 'the first of them, and why' has 45 traefik 'in-error=broken\040=\040"x\134y"\040$(touch\040EVIL)@file' 'why=middleware\040"absent\134\134033[31m@file"\040does\040not\040exist'
  check 'without metrics it tells its routers' until_true 5 answers 46 traefik 'routers=10 routers-in-error=3 in-error=[^ ]+ why=[^ ]+$'
  check 'without an API it tells its traffic' until_true 5 answers 48 traefik 'requests=12 s5=4 servers=2 servers-down=1 service:[^ ]+ .* router:[^ ]+$'
  check 'before the first visitor there was none' until_true 5 has 49 traefik requests=0 s5=0 routers=10
  check 'of many services and routers it tells forty of each' until_true 5 bash -c \
    'line=$(grep -m 1 "^part $2 " "$1") && (($(grep -o " service:" <<< "$line" | wc -l) == 40 && $(grep -o " router:" <<< "$line" | wc -l) == 40))' _ "$out" "$(identifier 50)"
  check 'and the whole, from a page of megabytes' has 50 traefik requests=12 s5=4 routers=10
  check 'where both are off it is said how to turn them on' until_true 5 answers 47 traefik \
    'error neither its metrics .*\(404\); add to its command --metrics.prometheus=true and --api.insecure=true, and do not publish that port$'
  check 'also where nothing listens, as it is without settings' until_true 5 answers 51 traefik \
    'error nothing listens at 127.0.2.51:1; add to its command --metrics.prometheus=true and --api.insecure=true, .* name their port in the fleet file$'
  check 'nothing of it was evaluated' test ! -e EVIL
  end_parts
}

test_disk() {
  with_parts
  printf '%s\n' 'Images: 2, 497MB, of which 2MB (0%) is not in use' > "$ENGINE/system"
  printf '%s\n' 'image 1.99MB small:1' 'image 1.2GB big:$(touch EVIL)' 'id 0123456789ab shop-1' 'container 0B shop-1' 'volume 93MB data' > "$ENGINE/system-v"
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'tell - disk'
  check 'what takes the disk is told' until_true 5 says '^answer - disk Images: 2, 497MB'
  check 'the biggest first' until_true 5 bash -c 'grep "^answer - disk   image " "$1" | head -n 1 | grep -q "1.2GB  big:"' _ "$out"
  check 'and the end of it' until_true 5 says '^answer-end - disk$'
  bash -c 'exec -a "$1" bash -c "while :; do :; done"' _ 'spinner --password=geheim' & local spinner=$!
  order 'tell - processes'
  check 'the busiest processes are told, by name' until_true 5 says "^answer - processes  *[0-9.]* %  bash  .pid $spinner"
  check 'and those with most memory' until_true 5 says '^answer - processes  *[0-9]* MiB  [^ ]'
  check 'and the end of it' until_true 5 says '^answer-end - processes$'
  check 'but not their arguments' bash -c '! grep -q geheim "$1"' _ "$out"
  kill "$spinner"
  check 'what takes nothing is not' bash -c '! grep -q "disk .*shop-1" "$1"' _ "$out"
  end_parts
}

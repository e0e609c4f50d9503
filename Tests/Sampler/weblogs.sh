# shellcheck shell=bash
# Tests of how the sampler counts what access logs say, asks Traefik, and tells what takes the disk: against stand-ins.
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
  with_parts
  serve 45 traefik all; serve 46 traefik api; serve 47 traefik none
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 45 traefik; ask 46 traefik; ask 47 traefik
  check 'a Traefik tells its traffic, without what is asked of itself' until_true 5 has 45 traefik requests=1500007 s5=7 routers=5 routers-in-error=1
  check 'by service' has 45 traefik service:shop@docker=42/2
  check 'whatever a service is called' answers 45 traefik '.* service:a\[\$\(touch\\040EVIL\)\]\\040b\?\?c=1/0'
  check 'without metrics it tells its routers' until_true 5 answers 46 traefik 'routers=5 routers-in-error=1$'
  check 'where both are off it is said how to turn them on' until_true 5 \
    answers 47 traefik 'error neither its metrics .*\(404\); add to its command --metrics.prometheus=true and --api.insecure=true'
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

# shellcheck shell=bash
# Tests of how the sampler asks the parts of the stack: against programs/part, which answers as the real ones do, each at
# an address of its own on this machine; the real ones are on the local test fleet.
# shellcheck disable=SC2016,SC2154 # Names are shared between the files; programs are in quotes.

# The password of programs/part, as an order has it.
password="p"$'\xc3\xa4'"ss \$(word) 'x\" *"
declare -A ports=()

# part NUMBER KIND: container NUMBER, at 127.0.2.NUMBER, with a part that listens; its port is in ports[NUMBER].
part() {
  local file=$work/part.$1
  rm -f "$file" "$file".*
  python3 "$here/programs/part" "$2" "127.0.2.$1" "$file" &
  servers+=("$!")
  until_true 10 test -s "$file"
  ports[$1]=$(< "$file")
  place "$1" "$$" "127.0.2.$1"
}

# place NUMBER PID ADDRESS: what an inspection says of it.
place() {
  local id state=running
  id=$(identifier "$1")
  (($2 > 0)) || state=exited
  printf 'C %s %d 0 0 0 {} bridge %s\t%s\n' "$id" "$2" "$3" "{\"name\":\"/part-$1\",\"id\":\"$id\",\"state\":\"$state\"}" \
    > "$ENGINE/containers/$id"
}

# ask NUMBER KIND [KEY=VALUE…]
ask() { order "ask $(identifier "$1") $2 port=${ports[$1]:-1} ${*:3}"; }
# answers NUMBER KIND PATTERN [COUNT]
answers() { says "^part $(identifier "$1") $2 $3" "${4:-1}"; }
heard() { grep -qx -- "$2" "$work/part.$1.asked"; }
with_parts() {
  engine_up
  mkdir "$ENGINE/exec" "$ENGINE/variables"
  servers=()
  rm "$ENGINE/containers/$(identifier 1)"
}
end_parts() {
  finish
  ((${#servers[@]})) || return 0
  kill "${servers[@]}"
  wait "${servers[@]}" 2> /dev/null
}

configuration() {
  printf '[23-Nov-2026 23:30:08] NOTICE: %s\n' '[global]' $'\tpid = undefined' "[shop one]" "[shop one]" $'\tlisten = '"${ports[16]}" \
    $'\tenv[KEY] = hidden' $'\tpm = dynamic' $'\tpm.max_children = 4' $'\tpm.status_path = '"${1:-/fpm-status}" \
    $'\tpm.status_listen = undefined' 'configuration file /etc/fpm.conf test is successful'
}

test_parts() {
  local n
  with_parts
  part 10 open; part 11 memcached; part 12 nginx; part 13 forbids; part 14 apache; part 15 full; part 16 fpm
  configuration > "$ENGINE/exec/$(identifier 16)"
  with_engine 300
  until_true 20 says '^can docker yes$'
  check 'nothing is asked before it is ordered' bash -c '! grep -qE "^(redis|part) " "$1"' _ "$out"
  order 'parts 1000'
  for n in 'ask' 'ask x redis' "ask $(identifier 10)" "ask $(identifier 10) nonsense" "ask $(identifier 10) a[\$(touch\${IFS}$work/evil)]" \
    "ask $(identifier 10) redis port=99999999 path=\$(touch\${IFS}$work/evil) user=\\033[31m secret=variable:a[\$(touch\${IFS}$work/evil)]" \
    "forget $(identifier 10)" 'forget x' 'parts x' 'parts 1' 'tell' 'tell - ../x' "at $(identifier 10) 7 127.0.0.1" \
    "ask $(identifier 10) redis $(printf 'x%.0s' {1..3000})"; do order "$n"; done
  ask 10 redis
  check 'a Redis is asked at once' until_true 3 says "^redis $(identifier 10) .*redis_version:7.0.15"
  check 'with its replication and its last save' \
    says "^redis .* mem_fragmentation_ratio:1.5 rdb_last_bgsave_status:err rdb_last_save_time:17 aof_last_write_status:ok .* \
role:slave master_link_status:down master_last_io_seconds_ago:-1"
  check 'orders are never evaluated' test ! -e "$work/evil"
  ask 11 memcached; ask 12 nginx; ask 13 nginx; ask 14 apache
  check 'a Memcached is asked' until_true 3 answers 11 memcached \
    'uptime=9 version=1.6.18 hits=4 misses=1 keys=3 used=70 max=67108864 clients=2 evicted=0 commands=7$'
  check 'the page of an Nginx is found, our own request left out' until_true 3 \
    answers 12 nginx 'active=2 accepts=16 handled=15 requests=31 reading=0 writing=1 waiting=1$'
  check 'and remembered' until_true 5 test "$(grep -c nginx-status "$work/part.12.asked")" -eq 1
  check 'a page that is forbidden is said to be, with the cure' until_true 3 \
    answers 13 nginx 'error .*/nginx-status answers 403; in its server block: .*stub_status;.*nginx -s reload'
  check 'the page of an Apache is asked' until_true 3 answers 14 apache 'uptime=77 requests=12 busy=2 idle=5$'
  test_fpm
  test_trouble
  end_parts
  test_half
}

test_fpm() {
  local first second third before
  ask 16 fpm
  check 'a pool is asked over FastCGI, our own worker left out' until_true 5 answers 16 fpm \
    'pool=shop\\040one process-manager=dynamic uptime=556 accepted=32 queue=2 max-queue=4 idle=2 active=2 total=4 max-active=4 max-children-reached=6 slow=1 limit=4 source=status$'
  order "tell $(identifier 16) requests"
  check 'what runs now is told, the longest first' until_true 5 \
    grep -qx "answer $(identifier 16) requests     30.001 s  GET /slow?30  /srv/index.php" "$out"
  check 'the twenty longest' until_true 5 says "^answer $(identifier 16) requests .*s  GET /slow" 20
  check 'and that it was all' until_true 5 says "^answer-end $(identifier 16) requests$"
  check 'its configuration was read twice: for the figures, for the answer' test "$(asked exec)" -eq 2
  check 'what else is in it stays there' bash -c '! grep -q hidden "$1"' _ "$out"

  # No worker takes a connection: they are all busy. It is so before the container runs again: the first question makes two
  # connections, and it would depend on the moment whether both of them wait.
  place 16 0 ''
  happen die 16
  until_true 5 says "^container .*$(identifier 16).*\"state\":\"exited\""
  before=$(grep -c "^redis $(identifier 10) " "$out")
  until_true 5 says "^redis $(identifier 10) " $((before + 2))
  : > "$work/part.16.shut"
  until_true 5 test -e "$work/part.16.closed"
  workers
  configuration > "$ENGINE/exec/$(identifier 16)"
  place 16 "$workers" 127.0.2.16
  happen start 16
  check 'a container that started is asked anew' until_true 10 asked_again
  exec {first}<> "/dev/tcp/127.0.2.16/${ports[16]}" {second}<> "/dev/tcp/127.0.2.16/${ports[16]}" {third}<> "/dev/tcp/127.0.2.16/${ports[16]}"
  check 'a pool without a free worker is said to be full, with those that wait' until_true 25 answers 16 fpm \
    'pool=shop\\040one process-manager=dynamic total=2 limit=4 active=2 idle=0 queue=3 source=queue$' 3
  exec {first}>&- {second}>&- {third}>&-
  rm "$work/part.16.shut"
  until_true 10 grep -q . "$work/part.16.asked"
  check 'and asked again when there is one' until_true 10 answers 16 fpm '.*source=status$' 3
  check 'with the arguments of its own process' grep -qx "exec $(identifier 16) php-fpm8.2 -tt -y /etc/fpm.conf" "$ENGINE/words"

  configuration undefined > "$ENGINE/exec/$(identifier 16)"
  place 16 0 ''
  happen die 16
  until_true 5 says '^container .*"state":"exited"' 2
  place 16 "$workers" 127.0.2.16
  happen start 16
  check 'where the page is off the processes are counted, and that is said' until_true 10 answers 16 fpm \
    'pool=shop\\040one process-manager=dynamic total=2 limit=4 source=processes why=its\\040status\\040page\\040is\\040off;.*pm.status_path'
  order "forget $(identifier 16)"
}

# A process with two children, of the name that PHP-FPM has on Debian; its number in `workers`.
workers() {
  printf '#!/bin/bash\nsleep 100 & sleep 100 & wait\n' > "$work/php-fpm8.2"
  chmod +x "$work/php-fpm8.2"
  "$work/php-fpm8.2" -F -y /etc/fpm.conf &
  workers=$!
  until_true 5 two_children
  # shellcheck disable=SC2207
  servers+=("$workers" $(< "/proc/$workers/task/$workers/children"))
}

asked_again() { (($(asked exec) == 3)); }
two_children() { [[ $(< "/proc/$workers/task/$workers/children") == *' '*[0-9]* ]]; }

test_trouble() {
  local before
  ask 15 nginx
  ports[17]=1
  place 17 "$$" 127.0.2.17
  happen start 17
  until_true 5 says "^container .*$(identifier 17)"
  ask 17 redis
  check 'where nothing listens, that is said' until_true 5 says "^redis $(identifier 17) error nothing listens at 127.0.2.17:1; "
  check 'where nobody answers, that is said' until_true 5 answers 15 nginx 'error nothing answers at 127.0.2.15:[0-9]+ within 2 seconds; .+'
  check 'and again each time' until_true 5 answers 15 nginx 'error nothing answers ' 3
  before=$(grep -c "^redis $(identifier 10) " "$out")
  check 'while the others are asked as before' until_true 4 says "^redis $(identifier 10) " $((before + 2))
  place 11 "$$" 127.0.2.111
  happen restart 11
  check 'a container with a new address is asked there' until_true 5 answers 11 memcached 'error nothing listens at 127.0.2.111:'
  place 11 "$$" 127.0.2.11
  happen restart 11
  check 'and at its old one when it is back' until_true 5 answers 11 memcached 'uptime' "$(($(grep -c ' memcached uptime' "$out") + 1))"
  rm "$ENGINE/containers/$(identifier 14)"
  happen destroy 14
  until_true 5 says "^gone $(identifier 14)$"
  before=$(grep -c " apache " "$out")
  check 'a container that is gone is asked nothing' bash -c 'read -r -t 2 _ <> <(:); (($(grep -c " apache " "$1") == $2))' _ "$out" "$before"
  check 'frames are whole' frames_are_whole

  # A connection hangs that went well until now, where bash itself can't give up.
  : > "$work/part.12.full"
  until_true 10 said_no_more 10
  before=$(grep -c "^redis $(identifier 10) " "$out")
  check 'a child that hangs is replaced' until_true 30 says "^redis $(identifier 10) " $((before + 2))
  check 'and what hung is said' until_true 5 answers 12 nginx 'error nothing answers'
}

# A part stops in the midst of its answer, after others that were whole.
test_half() {
  local redis errors
  with_parts
  part 18 nginx; part 19 open
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 18 nginx; ask 19 redis
  until_true 5 answers 18 nginx 'active=2' 2
  : > "$work/part.18.half"
  check 'a part that stops half-way is said to' until_true 30 answers 18 nginx 'error it listens, but does not answer HTTP within 2 seconds; '
  redis=$(grep -c "^redis $(identifier 19) " "$out") errors=$(grep -c ' nginx error ' "$out")
  check 'again within two seconds each time' until_true 12 answers 18 nginx error $((errors + 3))
  check 'while the others are asked' until_true 5 says "^redis $(identifier 19) " $((redis + 2))
  rm "$work/part.18.half"
  check 'and it is asked as before when it is well' until_true 8 answers 18 nginx 'active=2' "$(($(grep -c ' nginx active=2' "$out") + 2))"
  end_parts
}

# said_no_more NUMBER: for two intervals.
said_no_more() {
  local count
  count=$(grep -c "^redis $(identifier "$1") " "$out")
  read -r -t 2.5 _ <> <(:)
  (($(grep -c "^redis $(identifier "$1") " "$out") == count))
}

octal() {
  local text=${1//\\/\\134}
  printf '%s' "${text// /\\040}"
}

test_secrets() {
  local n
  with_parts
  for n in 20 21 22 23 24; do part "$n" redis; done
  part 25 memsecret
  printf '%s\r\nsecond line\n' "$password" > "$work/secret file"
  printf 'PATH=/bin\nPASSWORD=%s\nEMPTY=\n' "$password" > "$ENGINE/variables/$(identifier 21)"
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 20 redis user=vigie "secret=file:$(octal "$work/secret file")"
  check 'a secret from a file opens a Redis' until_true 5 says "^redis $(identifier 20) .*redis_version"
  ask 21 redis user=vigie secret=variable:PASSWORD
  check 'and one from a variable' until_true 5 says "^redis $(identifier 21) .*redis_version"
  ask 25 memcached user=vigie "secret=file:$(octal "$work/secret file")"
  check 'and a Memcached' until_true 5 answers 25 memcached '.*version='
  ask 22 redis
  check 'without one, that is said with the cure' until_true 5 says "^redis $(identifier 22) error .*\(NOAUTH\); .*user vigie on .*fleet file"
  ask 22 redis user=else "secret=file:$(octal "$work/secret file")"
  check 'where it is wrong, that is said' until_true 5 says "^redis $(identifier 22) error .*of the user else \(WRONGPASS\); .+"
  ask 23 redis user=noperm "secret=file:$(octal "$work/secret file")"
  check 'where its user may not, that is said' until_true 5 says "^redis $(identifier 23) error .*may not run INFO \(NOPERM\); .*\+info"
  ask 24 redis "secret=file:$work/none"
  check 'where the file is not there, that is said' until_true 5 says "^redis $(identifier 24) error .*$work/none is not on this host; .+"
  ask 21 memcached secret=variable:EMPTY
  check 'and where the variable is not' until_true 5 answers 21 memcached 'error the container has no variable EMPTY; .+'
  order "tell $(identifier 20) slowlog"
  check 'slow commands are told, whatever is in them' until_true 5 \
    grep -qxE "answer $(identifier 20) slowlog 2011-0[67]-.. ..:..:..      15.230 ms  GET  \\?\\\$3\\?\\? ?" "$out"
  check 'all of them' until_true 5 says "^answer $(identifier 20) slowlog .* 0.030 ms  KEYS$"
  check 'and that it was all' until_true 5 says "^answer-end $(identifier 20) slowlog$"
  order "tell $(identifier 23) slowlog"
  check 'a part that was asked otherwise tells why not' until_true 5 says "^answer $(identifier 23) slowlog .*NOPERM.*"
  order "tell - nonsense"
  check 'what it can not tell is said' until_true 5 says '^answer-end - nonsense$'
  until_true 5 says "^redis $(identifier 21) " 3
  check 'Docker is asked for the variables once for each part' test "$(grep -c Config.Env "$ENGINE/words")" -eq 2
  check 'the connection is kept' test "$(grep -c AUTH "$work/part.21.asked")" -eq 1
  check 'the secret is nowhere in the stream' bash -c '! grep -aF "$2" "$1"' _ "$out" '$(word)'
  check 'and in no command line, environment or temporary file' no_secret
  order "parts 60000"
  end_parts
}

no_secret() {
  local pid
  for pid in $(processes "$token"); do
    grep -qaF '$(word)' "/proc/$pid/cmdline" "/proc/$pid/environ" 2> /dev/null && return 1
  done
  ! grep -qaF '$(word)' "$ENGINE/words"
}

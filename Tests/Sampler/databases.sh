# shellcheck shell=bash
# Tests of how the sampler asks databases: against stand-ins that speak as the real ones do (programs/mysql, programs/psql).
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

# serve NUMBER PROGRAM KIND: as `part`, with a program of its own.
serve() {
  local file=$work/part.$1
  rm -f "$file" "$file".*
  python3 "$here/programs/$2" "$3" "127.0.2.$1" "$file" &
  servers+=("$!")
  until_true 10 test -s "$file"
  ports[$1]=$(< "$file")
  place "$1" "$$" "127.0.2.$1"
}

# The words of an answer, whatever their order: has NUMBER KIND WORD…
has() {
  local words word
  words=" $(grep "^part $(identifier "$1") $2 " "$out" | tail -n 1) "
  for word in "${@:3}"; do [[ $words == *" $word "* ]] || return 1; done
}

# last_three NUMBER KIND WORD: the last three answers, after one more came, begin like this.
last_three() {
  local answers
  [[ ${asked_before:-} ]] || asked_before=$(grep -c "^part $(identifier "$1") $2 " "$out")
  answers=$(grep "^part $(identifier "$1") $2 " "$out" | tail -n "+$((asked_before + 1))")
  (($(grep -c . <<< "$answers") >= 3)) && ! grep -qv " $2 $3" <<< "$answers" && unset asked_before
}

# Whether the password is anywhere but in the programs that must have it: command lines and the stream.
is_secret() {
  # Gathered first: grep has it on its own command line.
  cat /proc/[0-9]*/cmdline "$out" "$ENGINE/words" 2> /dev/null | tr '\0' ' ' > "$work/seen"
  ! grep -qF "$1" "$work/seen"
}

test_databases() {
  with_parts
  serve 30 mysql mariadb; serve 31 mysql mysql; serve 32 mysql full; serve 33 mysql mute; serve 34 mysql asks; serve 35 mysql refuses
  printf '%s\n' "$password" > "$work/word"
  printf 'PATH=/bin\nWORD=%s\n' "$password" > "$ENGINE/variables/$(identifier 31)"
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 30 mysql user=monitor "secret=file:$work/word"
  check 'a MariaDB is signed in to and asked' until_true 5 has 30 mysql version=10.11.6 uptime=77 connections=3 running=1 \
    queries=123456789012 slow=4 buffer-reads=5 buffer-requests=6 lock-waits=7 waiting=1 max-connections=20 size=84393984
  check 'its longest query is told without what stands in quotes' has 30 mysql longest=9.500
  check 'on one line, and short' answers 30 mysql \
    '.* longest-text=SELECT\\040\?\\040,\\040\?\\040/\*\\040\[31m%s\\040\$\(touch\\040EVIL\)\\040`\\040=\\040x{60,90} '
  check 'of several replications the worst is told' has 30 mysql replica=yes replica-running=no lag=12
  check 'one connection is kept' until_true 5 answers 30 mysql version 3
  ask 31 mysql user=monitor secret=variable:WORD
  check 'a MySQL takes the digest of its new kind' until_true 5 has 31 mysql version=8.0.36 uptime=77 replica=no max-connections=20
  check 'what its user may not see is left out' bash -c '! grep -qE "$1 mysql .*(longest|size)=" "$2"' _ "$(identifier 31)" "$out"
  ask 32 mysql user=monitor "secret=file:$work/word"
  check 'a full one is said to be full' until_true 5 answers 32 mysql 'error it is full, .*; .*max_connections'
  ask 34 mysql user=monitor "secret=file:$work/word"
  check 'one that wants encryption is said to, with the cure' until_true 5 answers 34 mysql 'error caching_sha2_password wants encryption.*; do that'
  ask 35 mysql user=monitor "secret=file:$work/word"
  check 'one that lets nobody in from here is said to' until_true 5 answers 35 mysql "error it lets nobody in from this host; CREATE USER monitor@'%'"
  ask 35 mysql
  check 'without a user, the line for the fleet file is said' until_true 5 \
    answers 35 mysql 'error it wants a user.*; parts: \[\{ service: "db", user: "monitor", secret: \{ variable: .*GRANT PROCESS'
  ask 30 mysql user=monitor "secret=file:$work/bin"
  ask 31 mysql user=nobody secret=variable:WORD
  check 'one that refuses the password is said to' until_true 5 answers 31 mysql 'error it refuses the user nobody with the secret'
  ask 30 mysql user=monitor "secret=file:$work/word"
  until_true 5 has 30 mysql version=10.11.6
  : > "$work/part.30.drop"
  until_true 5 test ! -e "$work/part.30.drop"
  check 'a connection that ended is followed by a new one, without a word about it' until_true 10 last_three 30 mysql version
  order "tell $(identifier 30) queries"
  check 'what runs is told on demand' until_true 5 says "^answer $(identifier 30) queries 9.5 s  shop@site  Sending data: SELECT \? , \?"
  check 'and the end of it' until_true 5 says "^answer-end $(identifier 30) queries$"
  : > "$work/part.30.hang"
  check 'one that answers no more is said to' until_true 8 answers 30 mysql 'error it did not answer within 2 seconds; '
  rm "$work/part.30.hang"
  check 'and is asked again' until_true 8 answers 30 mysql 'version=10.11.6'
  ask 33 mysql user=monitor "secret=file:$work/word"
  check 'one that says nothing is said to' until_true 8 answers 33 mysql 'error nothing that speaks the protocol of MySQL'
  check 'the password is nowhere' is_secret 'ss $(word)'
  check 'nothing of it was evaluated' test ! -e EVIL
  check 'frames are whole beside all that' frames_are_whole
  end_parts
  test_postgres
}

test_postgres() {
  local count
  with_parts
  place 36 "$$" 127.0.2.36
  printf '%s\n' "$password" > "$work/word"
  : > "$ENGINE/psql"
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  ask 36 postgres user=monitor "secret=file:$work/word"
  check 'a PostgreSQL is asked through its own psql' until_true 5 has 36 postgres version=15.18 max-connections=100 replica=no \
    connections=4 queries=50 buffer-requests=70 running=1 longest=2.500 size=7000
  check 'its longest query is told without what stands in quotes' \
    answers 36 postgres '.* longest-text=SELECT\\040\?\\040\$\(touch\\040EVIL\)\\040= '
  check 'a figure that is refused is left out' bash -c '! grep -q " waiting=" "$1"' _ "$out"
  check 'by one session' until_true 6 answers 36 postgres version 3
  check 'whose password came by standard input' grep -qxF -- "-X -A -t -q -w -U monitor -d postgres password=$password" "$ENGINE/psql"
  check 'one session is enough' test "$(wc -l < "$ENGINE/psql")" -eq 1
  : > "$ENGINE/drop"
  until_true 5 test ! -e "$ENGINE/drop"
  check 'after a restart there is another, without a word about it' until_true 10 last_three 36 postgres version
  order "tell $(identifier 36) queries"
  check 'what runs is told on demand' until_true 5 says "^answer $(identifier 36) queries 2.500 s  shop@site  UPDATE item SET name=\?$"
  check 'the password is nowhere' is_secret 'ss $(word)'
  kill -KILL "$(sampler)"
  check 'the session ends with the sampler' until_true 4 no_process "$token"
  finish
  with_engine 300
  until_true 20 says '^can docker yes$'
  order 'parts 1000'
  echo wrong > "$work/word"
  ask 36 postgres user=monitor "secret=file:$work/word"
  check 'a wrong password is said to be' until_true 5 answers 36 postgres 'error it refuses the user monitor without the right password; '
  echo crowd > "$work/word"
  ask 36 postgres user=monitor "secret=file:$work/word"
  check 'a full one is said to be full' until_true 5 answers 36 postgres 'error it is full, .*; .*max_connections'
  order "forget $(identifier 36)"
  echo right > "$work/word"
  ask 36 postgres "secret=file:$work/word"
  until_true 5 has 36 postgres version=15.18
  count=$(processes "$token" | wc -l)
  order "forget $(identifier 36)"
  check 'what is forgotten leaves no session' until_true 5 fewer_than "$count"
  end_parts
}

fewer_than() { (($(processes "$token" | wc -l) < $1)); }

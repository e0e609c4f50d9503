# shellcheck shell=bash
# Tests of how the sampler asks a container engine: against the stand-ins in programs/, because a real one is what the
# local test fleet has.
# shellcheck disable=SC2016,SC2154 # Names are shared between the files; programs are in quotes.

ENGINE=$work/engine
# What nobody would call a container.
# shellcheck disable=SC2016
hostile='$(touch '"$work"'/evil)`touch '"$work"'/evil`\u001b[31m\"%s%n * \t'

# engine_up: an engine with one container, which answers.
engine_up() {
  [[ -d $ENGINE ]] && { exec {events}>&-; rm -rf "$ENGINE"; }
  mkdir -p "$ENGINE/containers"
  mkfifo "$ENGINE/events"
  exec {events}<> "$ENGINE/events"
  : > "$ENGINE/asked"
  put 1 running "$$" hostile
}

identifier() { printf '%064x' "$1"; }

# put NUMBER STATE PID NAME: a container as the sampler's format has it.
put() {
  local id name=$4
  id=$(identifier "$1")
  [[ $name == hostile ]] && name=$hostile
  printf 'C %s %d 0 50000 100000 %s bridge 127.0.0.9\t%s\n' "$id" "$3" \
    '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}],"443/tcp":null}' \
    "{\"name\":\"/$name\",\"image\":\"shop/web:1\",\"id\":\"$id\",\"state\":\"$2\",\"health\":null,\"restarts\":0}" \
    > "$ENGINE/containers/$id"
}

# happen ACTION NUMBER: an event.
happen() {
  printf '{"Type":"container","Action":"%s","Actor":{"ID":"%s","Attributes":{"name":"%s"}},"time":1700000000}\n' \
    "$1" "$(identifier "$2")" "${3:-x}" >&"$events"
}

asked() { grep -c "^$1\$" "$ENGINE/asked"; }
# What came is JSON, if there is anything here to tell it by.
is_json() {
  type -P python3 > /dev/null || return 0
  sed -n "s/^$1 //p" "$out" | python3 -c 'import json, sys
for line in sys.stdin: json.loads(line)'
}

with_engine() { start "$@" "PATH=$here/programs:$PATH" "ENGINE=$ENGINE" DOCKER_HOST=unix:///nowhere; }

test_engine() {
  local n questions
  engine_up
  with_engine 300
  check 'the engine is found' until_true 20 says '^can docker yes$'
  check 'a container is told' says "^container .*\"id\":\"$(identifier 1)\""
  check 'with its name as it is, and no slash' grep -qF "\"name\":\"$hostile\"" "$out"
  check 'with its limit in cores' says '^container .*"cpus":0\.500,'
  check 'with its published ports' \
    grep -qF '"ports":["0.0.0.0:8080->80/tcp",":::8080->80/tcp"]' "$out"
  check 'its figures come with the next frame' until_true 5 says "^c $(identifier 1) .*cpu=[0-9]+"
  questions=$(asked inspect)
  for n in {1..50}; do put $((n + 1)) running "$$" "c$n"; happen start $((n + 1)); done
  check 'fifty events are told' until_true 10 says '^event ' 50
  check 'and their containers' until_true 10 says "\"id\":\"$(identifier 51)\""
  check 'with few questions' test $(($(asked inspect) - questions)) -le 8
  until_true 10 says "\"id\":\"$(identifier 2)\""
  rm "$ENGINE/containers/$(identifier 2)"
  happen destroy 2
  check 'a container that is gone is said to be' until_true 5 says "^gone $(identifier 2)$"
  happen die 1 '\",\"Action\":\"destroy\",\"Actor\":{\"ID\":\"'"$(identifier 3)"
  until_true 5 says '^event .*"Action":"die"'
  order now
  check 'a name in an event destroys nothing' bash -c '! grep -q "^gone 0*3$" "$1"' _ "$out"
  check 'all of it is JSON' is_json container
  check 'events are JSON' is_json event
  check 'frames are whole' frames_are_whole
  check 'nothing of it was evaluated' test ! -e "$work/evil"
  finish
  check 'the engine was never asked for its events twice' test "$(asked events)" -eq 1
  test_short_lives
  test_engine_stops
  test_engine_refuses
}

# A container that is no more when the answer about it comes, as with `docker run --rm` of a short job.
test_short_lives() {
  local questions
  engine_up
  with_engine 300
  until_true 20 says '^can docker yes$'
  : > "$ENGINE/slow"
  questions=$(asked inspect)
  put 60 running "$$" job
  happen start 60
  until_true 10 more_asked "$questions"
  # The answer is made by now, or within this event's way through the pipe.
  happen die 60
  until_true 5 says '^event .*"die"'
  rm "$ENGINE/containers/$(identifier 60)"
  happen destroy 60
  until_true 5 says '^event .*"destroy"'
  rm "$ENGINE/slow"
  put 61 running "$$" next
  happen start 61
  until_true 10 says "\"id\":\"$(identifier 61)\""
  check 'a container that ended before it was told is no ghost' \
    awk -v id="$(identifier 60)" '/^container / && index($0, id) { ghost = 1 } $0 == "gone " id { ghost = 0 }
      END { exit ghost }' "$out"
  finish
}

# The engine stops, and stops once more between the two questions that it is asked when it is back.
test_engine_stops() {
  local pid
  engine_up
  with_engine 300
  until_true 20 says '^can docker yes$' && until_true 10 events_asked
  : > "$ENGINE/stops"
  # The program that follows the events ends with the engine.
  for pid in $(processes "$token"); do
    [[ $(< "/proc/$pid/comm") == cat ]] && kill "$pid"
  done
  check 'an engine that stops is said to' until_true 10 says '^can docker no '
  check 'and so is one that stops while it is asked' until_true 10 says '^can docker no .*does not run'
  check 'its containers are not said to be gone' bash -c '! grep -q "^gone " "$1"' _ "$out"
  finish
}

events_asked() { (($(asked events) == 1)); }
more_asked() { (($(asked inspect) > $1)); }

test_engine_refuses() {
  engine_up
  : > "$ENGINE/hang"
  with_engine 200
  check 'a hanging engine does not stop the frames' until_true 10 has_frames 15
  check 'and is asked once at a time' test "$(asked ps)" -eq 1
  finish

  engine_up
  with_engine 1000
  until_true 20 says '^can docker yes$' && : > "$ENGINE/hang"
  check 'one that hangs while nothing happens is found out' until_true 80 says '^can docker no .*did not answer'
  rm "$ENGINE/hang"
  check 'and answers again later' until_true 30 says '^can docker yes$' 2
  finish

  engine_up
  : > "$ENGINE/refuse"
  with_engine 300
  check 'where the user may not, sudo is asked' until_true 20 says '^can sudo yes$'
  check 'and the engine answers' until_true 20 says '^can docker yes$'
  kill -KILL "$(sampler)"
  check 'what sudo started ends with the sampler' until_true 4 no_process "$token"
  finish

  engine_up
  : > "$ENGINE/refuse"
  : > "$ENGINE/password"
  with_engine 300
  check 'where sudo wants a password, that is said' until_true 20 says '^can sudo no .+'
  check 'and what would cure it' until_true 20 says '^can docker no .+ docker group'
  finish

  engine_up
  mkdir "$work/few"
  local program
  for program in bash env sh df timeout setpriv; do ln -s "$(type -P $program)" "$work/few/"; done
  start 300 "PATH=$work/few" "ENGINE=$ENGINE"
  check 'without Docker, journal and sudo the rest is told' until_true 10 has_frames 5
  check 'and that there is no Docker' until_true 5 says '^can docker no docker is not installed'
  check 'and no journal' until_true 5 says '^can journal no journalctl is not installed'
  finish
  exec {events}>&-
}

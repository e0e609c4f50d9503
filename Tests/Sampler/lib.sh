# shellcheck shell=bash
# What the tests of the scripts share: samplers started as the console starts them, and conditions that are waited for.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

work=$(mktemp -d)
script=$work/sampler.bash
"$here/script" > "$script"
passed=0 failed=0 number=0
declare -a running=()

# What the console would send to the host's shell. The words before it are what a profile prints.
command_line() {
  printf 'exec env %s LC_ALL=C bash --noprofile --norc -c '\''IFS= read -rN %d s; eval "$s"'\''' \
    "$*" "$(wc -c < "$script")"
}

# start INTERVAL [NAME=VALUE…]: a sampler of its own token; its output in the file $out, its orders to &$orders.
start() {
  local interval=$1
  shift
  token=test-$$-$((++number))
  out=$work/$number.out
  mkfifo "$work/$number.in"
  { "${around[@]}" sh -c "${before:-:}; $(command_line "VIGIE_SAMPLER=$token" "VIGIE_INTERVAL=$interval" "$@")"; } \
    < "$work/$number.in" > "$out" 2> "$work/$number.err" &
  process=$!
  running+=("$process")
  exec {orders}> "$work/$number.in"
  cat "$script" >&"$orders"
}

order() { printf '%s\n' "$1" >&"$orders"; }

# Ends the sampler as the console does, and what is left of it if need be.
finish() {
  exec {orders}>&-
  until_true 5 no_process "$token" || kill_all "$token"
}

# Processes that carry a token, however they came by it.
processes() {
  local file word
  for file in /proc/[0-9]*/environ; do
    while IFS= read -r -d '' word; do
      [[ $word == "${token_name:-VIGIE_SAMPLER}=$1" ]] || continue
      file=${file%/environ}
      # What has ended and was not waited for yet is no process any more.
      grep -q '^State:.*Z' "$file/status" 2> /dev/null || printf '%s\n' "${file##*/}"
      break
    done < "$file"
  done 2> /dev/null
}

no_process() { [[ ! $(processes "$1") ]]; }

kill_all() {
  local pid
  for pid in $(processes "$1"); do kill -KILL "$pid"; done 2> /dev/null
}

# until_true SECONDS COMMAND…: fails where it did not become true in three times that time, which is what it takes on a
# machine that has little else to do.
until_true() { within "$(($1 * 3))" "${@:2}"; }

# within SECONDS COMMAND…: the same where the time is part of what is tested.
within() {
  local limit=$((SECONDS + $1 + 1))
  shift
  until "$@"; do
    ((SECONDS < limit)) || return 1
    read -r -t 0.05 _ <> <(:)
  done
  return 0
}

frames() { grep -c '^\.$' "$out"; }
has_frames() { (($(frames) >= $1)); }
# says PATTERN [COUNT]: that many lines of the stream match.
says() { (($(grep -cE -- "$1" "$out") >= ${2:-1})); }
# The sampler's own process, from its first line.
sampler() { sed -n 's/^vigie-stream .* pid=\([0-9]*\) .*/\1/p' "$out"; }

check() {
  local name=$1
  shift
  if "$@"; then
    ((++passed))
    printf 'passed  %s\n' "$name"
  else
    ((++failed))
    printf 'FAILED  %s: %s\n' "$name" "$*"
    [[ -e ${out:-} ]] && tail -n 5 "$out" | cut -c 1-160 | sed 's/^/        /'
  fi
}

# What this machine can't try is said, and is no failure.
leave_out() { printf 'left out  %s: %s\n' "$1" "$2"; }

clean_up() {
  [[ ${VIGIE_KEEP:-} ]] && cp -r "$work" "$VIGIE_KEEP"
  local index
  for ((index = 1; index <= number; ++index)); do kill_all "test-$$-$index"; done
  rm -rf "$work"
}

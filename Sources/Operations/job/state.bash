# A job: what one host does of a plan, as docs/jobs.md says. Bash 4.2 or later, coreutils, sed and util-linux.
#
# It runs twice. The session is what the connection started: it takes the orders, begins the worker, and follows the log.
# The worker is a session of its own, without ties to the connection: it holds the lock, runs the steps and writes the log.
# What a step printed is data: it is never evaluated, and never used as a pattern or a format.

set -f
LC_ALL=C IFS=$' \t\n'
# What was ordered.
who='' title='' lock='' look='' needed='' want='' patience=0
s_limit=() s_command=() s_input=() orders=()
# The job's directory, this boot, and what the worker writes to: while `log` is empty, lines go to standard output.
id=$VIGIE_JOB place='' boot='' log='' torn=''
# The descriptor that orders come from while something runs, what came of one, and what came of them.
ear=0 heard='' cancelled='' gone=''
# Descriptors that no child may inherit: whoever has them holds the lock, or seems to be the worker.
own=()
mask=$(umask)

# vigie_say LINE: to the console, or into the log.
vigie_say() {
  if [[ $log ]]; then vigie_write "$1"; else printf '%s\n' "$1" || exit 0; fi
}

# The log's disk may be full by now: then what was kept for the last lines is let go, and it is tried again for a while.
vigie_write() {
  local tries=0
  until printf '%s%s\n' "$torn" "$1" >&"$log"; do
    # A part of the line may be there.
    torn=$'\n'
    rm -f -- "$place/room"
    ((tries++ < 60)) || return 1
    vigie_rest 0.5
  done
  torn=''
}

# Milliseconds since boot, in `now`.
vigie_clock() {
  local up
  read -r up _ < /proc/uptime
  now=$((10#${up/./} * 10))
}

# vigie_rest SECONDS: the sleep, in which an order may come.
vigie_rest() {
  local word status=0
  IFS='' read -r -t "$1" -u "$ear" word || status=$?
  heard+=$word
  if ((status > 128)); then return 0; fi
  if ((status)); then gone=1; fi
  if [[ $heard == cancel ]]; then cancelled=1; fi
  heard=''
}

# vigie_escape TEXT: as one word, in `escaped`.
vigie_escape() {
  escaped=${1//\\/'\134'}
  escaped=${escaped// /'\040'}
  escaped=${escaped//$'\t'/'\011'}
  escaped=${escaped//$'\n'/'\012'}
  escaped=${escaped//[[:cntrl:]]/?}
}

# vigie_unescape WORD: the other way, in `unescaped`.
vigie_unescape() {
  # bash holds no NUL, and would hold nothing of what follows one.
  local word=${1//'\000'/}
  printf -v unescaped '%b' "${word//\\/\\0}"
}

# A pipe, as the descriptors `reader` and `writer`.
vigie_pipe() {
  local both
  exec {both}<> <(:)
  exec {reader}< "/dev/fd/$both" {writer}> "/dev/fd/$both" {both}>&-
  vigie_own "$reader" "$writer"
}

# vigie_own DESCRIPTOR…
vigie_own() {
  local fd
  for fd; do own[fd]=$fd; done
}

# vigie_shut DESCRIPTOR…
vigie_shut() {
  local fd
  for fd; do
    unset "own[$fd]"
    exec {fd}>&-
  done
}

# A child's first words, after it took what it needs.
vigie_let_go() { vigie_shut "${own[@]}"; }

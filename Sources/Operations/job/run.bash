# --- One command, with all that it starts -----------------------------------------------------------------------------

# What a command prints, on its way into the log: lines of bounded length, which sed is told about. `cat` writes them
# because sed does not notice a full disk. What is not wanted any more is still read: the command must not end because of it.
# shellcheck disable=SC2016
vigie_filter='$0 cut -b -4000 | $0 sed "$@" | cat; status=${PIPESTATUS[2]}; cat > /dev/null; exit "$status"'
# So that lines come as they are printed, and not by the block.
by_line=''
type -P stdbuf > /dev/null && by_line='stdbuf -oL'

# What bash starts beside itself ignores these; the command must not.
as_usual=()
env '--default-signal=INT,QUIT' true > /dev/null 2>&1 && as_usual=(env '--default-signal=INT,QUIT')

# The command's parent, and its group's leader: it outlives a SIGTERM, and is this user's own whoever the command is run
# as, so that it can be waited for. What it has to say about how the command ended is nobody's output.
# shellcheck disable=SC2016
vigie_parent='trap : TERM; exec 2> /dev/null; bash --noprofile --norc -c "$1" 2>&"$2"; exit $?'

# vigie_run SECONDS COMMAND INPUT ERRORS SINK SED…: runs it; what it prints goes through sed to the descriptor SINK, its
# errors as well where ERRORS is 1 (and nowhere where it is 2). Then `status` is as the shell counts, `took` in milliseconds,
# and `stop` says why it was ended, if it was: `late` or `cancelled`. Fails where not all of its output could be written.
vigie_run() {
  local limit=$(($1 * 1000)) command=$2 input=$3 errors=$4 sink=$5 output reader writer
  local pid filter feeder='' began until=0 tries=0 from=/dev/null
  shift 5
  stop=''
  vigie_pipe && output=("$reader" "$writer")
  (
    exec 0<&"$reader" 1>&"$sink" && vigie_let_go
    exec setsid bash --noprofile --norc -c "$vigie_filter" "$by_line" "$@"
  ) &
  filter=$!
  if [[ $input ]]; then
    vigie_pipe
    ( exec 1>&"$writer" && vigie_let_go && printf '%s' "$input" ) &
    feeder=$!
    from=/dev/fd/$reader
  fi
  vigie_clock && began=$now
  (
    exec 0< "$from" 1>&"${output[1]}" && vigie_let_go && umask "$mask"
    exec "${as_usual[@]}" setsid bash --noprofile --norc -c "$vigie_parent" vigie "$command" "$errors"
  ) &
  pid=$!
  [[ $feeder ]] && vigie_shut "$reader" "$writer"
  vigie_shut "${output[@]}"
  while kill -0 "$pid" || { [[ $stop ]] && kill -0 -- "-$pid"; }; do
    vigie_rest 0.05
    vigie_clock
    if [[ ! $stop ]]; then
      if [[ $cancelled$gone ]]; then stop=cancelled; elif ((now - began >= limit)); then stop=late; fi
      [[ $stop ]] && vigie_signal TERM "$pid" && until=$((now + 5000))
    elif ((now >= until)); then
      ((tries++ < 3)) || break
      vigie_signal KILL "$pid"
      until=$((now + 1000))
    fi
  done
  wait "$pid"
  status=$?
  vigie_clock
  took=$((now - began))
  [[ $feeder ]] && kill "$feeder"
  # What it left running may have its output still; that is not waited for.
  until=$((now + 1000))
  while kill -0 "$filter" && ((now < until)); do
    vigie_rest 0.02
    vigie_clock
  done
  kill -- "-$filter" && return 0
  wait "$filter"
}

# vigie_signal NAME GROUP: to all of it, also to what runs there as root.
vigie_signal() {
  kill "-$1" -- "-$2"
  vigie_is_foreign "$2" && sudo -n kill -s "$1" -- "-$2" < /dev/null
  return 0
}

# vigie_is_foreign GROUP: whether another user's process is in it.
vigie_is_foreign() {
  local directory line words found=1
  ((EUID != 0)) || return 1
  set +f
  for directory in /proc/[1-9]*; do
    if [[ -O $directory ]] || ! IFS='' read -r line < "$directory/stat"; then continue; fi
    # shellcheck disable=SC2206
    words=(${line##*) })
    [[ ${words[2]} == "$1" ]] && found=0 && break
  done
  set -f
  return "$found"
}

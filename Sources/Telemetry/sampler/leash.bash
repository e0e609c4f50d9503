# --- Beside the loop: programs on a leash -----------------------------------------------------------------------------

# For hosts whose setpriv is missing or too old: ends the program when standard input (the lifeline) ends.
# shellcheck disable=SC2016
vigie_keeper='"$@" & c=$!; exec >&-; trap "kill $c" EXIT; trap exit TERM HUP
while kill -0 "$c" && { IFS= read -r -t 1 _; (($? > 128)); }; do :; done'

# The child's side of vigie_open: lets go of what it inherited, so that every pipe ends with the sampler itself.
vigie_child() {
  local other input=$life
  trap - EXIT HUP INT PIPE TERM
  printf '%s\n' "$BASHPID"
  for other in "${fds[@]}"; do exec {other}<&-; done
  [[ $1 == vigie_questions ]] && input=$talk
  exec 0<"/dev/fd/$input" {life}>&-
  [[ $talk ]] && exec {talk}>&-
  if [[ $1 == vigie_* ]]; then "$@"; else exec "${leash[@]}" "$@"; fi
}

# vigie_open NAME COMMAND…: starts COMMAND beside the loop; vigie_drain NAME takes in what it says.
vigie_open() {
  local name=$1 fd pid
  shift
  vigie_close "$name"
  exec {fd}< <(vigie_child "$@")
  IFS= read -r pid <&"$fd"
  fds[$name]=$fd pids[$name]=$pid tails[$name]=''
}

vigie_close() {
  local fd=${fds[$1]}
  [[ $fd ]] || return 0
  kill "${pids[$1]}"
  exec {fd}<&-
  unset "fds[$1]" "pids[$1]" "tails[$1]"
}

# vigie_drain NAME [MOST]: what has come since, as whole lines in `lines`, without waiting; fails at the end of it.
# By line, because `read -N` with a time limit loses what it has taken when the limit comes.
vigie_drain() {
  local name=$1 most=${2:-400} line status
  lines=()
  while ((most-- > 0)) && read -r -t 0 -u "${fds[$name]}"; do
    status=0
    IFS='' read -r -t 0.05 -u "${fds[$name]}" line || status=$?
    tails[$name]+=$line
    ((status <= 128)) || return 0
    if ((status == 0)) || [[ ${tails[$name]} ]]; then lines+=("${tails[$name]}"); fi
    tails[$name]=''
    ((status == 0)) || return 1
  done
  return 0
}

# What is said with its length before it, in six digits, because a line of unknown length costs bash five system calls for each byte.
vigie_parcel() {
  local text
  printf -v text '%s\n' "$@"
  printf '%06d%s' "${#text}" "$text"
}

# vigie_take NAME: the next parcel that has come, in `parcel`; fails with 1 where none has, with 2 at the end of them.
#
# Without a limit in time, which costs bash two system calls for each byte: what writes a parcel does nothing else until
# it is written, or ends.
vigie_take() {
  local fd=${fds[$1]} length
  read -r -t 0 -u "$fd" || return 1
  IFS='' read -r -N 6 -u "$fd" length && [[ $length == [0-9][0-9][0-9][0-9][0-9][0-9] ]] &&
    IFS='' read -r -N "$((10#$length))" -u "$fd" parcel || return 2
}

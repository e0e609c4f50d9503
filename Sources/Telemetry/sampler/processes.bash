# --- What is busiest on the host, on demand ---------------------------------------------------------------------------

# vigie_process PID: of proc_pid_stat(5) its name in `name`, its ticks on a processor in `ticks`, and its resident pages in
# `pages`. Not its arguments, in which passwords may stand. Fails when it is gone.
vigie_process() {
  local text='' rest words
  # Its name may hold anything, the end of a line too.
  IFS='' read -r -d '' text < "/proc/$1/stat"
  [[ $text == *') '* ]] || return 1
  rest=${text##*) } name=${text#*(}
  name=${name%)*} name=${name//[[:cntrl:]]/?}
  read -r -d '' -a words <<< "$rest"
  ticks=$((words[11] + words[12])) pages=${words[21]}
}

# vigie_tell_processes: the processes that used most of the processor during a second, and those with most memory.
vigie_tell_processes() {
  local pid name ticks pages begin hertz size rows=() names='' line
  local -A was=()
  hertz=$(getconf CLK_TCK) size=$(getconf PAGESIZE)
  set +f
  vigie_clock
  begin=$now
  for pid in /proc/[0-9]*; do
    vigie_process "${pid##*/}" && was[${pid##*/}]=$ticks
  done
  read -r -t 1 -u "$life"
  vigie_clock
  for pid in /proc/[0-9]*; do
    pid=${pid##*/}
    vigie_process "$pid" || continue
    # One that began meanwhile has used all its time in this second.
    rows+=("$(((ticks - ${was[$pid]:-0}) * 1000 * 1000 / ${hertz:-100} / (now - begin + 1))) $((pages * ${size:-4096})) $pid $name")
  done
  set -f
  names=$'\n'$("${leash[@]}" "${via[@]}" timeout -k 1 2 docker ps --no-trunc --format '{{.ID}} {{.Names}}')$'\n'
  vigie_say 'Processor, in the last second, of one core'
  while read -r line _ pid name; do
    ((line > 0)) && vigie_say_process "$(printf '%5d.%d %%' $((line / 10)) $((line % 10)))"
  done < <(printf '%s\n' "${rows[@]}" | sort -k1,1nr | head -n 8)
  vigie_say 'Memory, resident'
  while read -r _ line pid name; do
    ((line > 0)) && vigie_say_process "$(printf '%7d MiB' $((line >> 20)))"
  done < <(printf '%s\n' "${rows[@]}" | sort -k2,2nr | head -n 8)
}

# vigie_say_process FIGURE: one line about the process `pid` called `name`, with its container where `names` knows it.
vigie_say_process() {
  local text='' id
  IFS='' read -r -d '' text < "/proc/$pid/cgroup"
  if [[ $text =~ [0-9a-f]{64} ]]; then
    id=${BASH_REMATCH[0]}
    [[ $names == *$'\n'"$id "* ]] && id=${names#*$'\n'"$id "} && id=${id%%$'\n'*}
    vigie_say "$1  $name  (pid $pid, in ${id:0:64})"
  else
    vigie_say "$1  $name  (pid $pid)"
  fi
}

# --- A sample ---------------------------------------------------------------------------------------------------------
#
# The kernel's files are read by `mapfile` with `3<`, the first descriptor that is free: five system calls a file, where
# `read <` makes sixteen, because bash puts its own standard input aside for that, and asks whether it is a terminal.
# What could not be opened leaves the array as it was.

vigie_host() {
  # Lines with their ends are joined by nothing.
  local line name value words IFS=''
  mapfile -n "$stat_lines" -u 3 words 3< /proc/stat
  out+=${words[*]}
  mapfile -n 1 -u 3 words 3< /proc/loadavg && out+="load ${words[0]}"
  mapfile -t -n "$memory_lines" -u 3 words 3< /proc/meminfo
  line=mem
  for name in "${!memory[@]}"; do
    value=${words[memory[$name]]% kB}
    line+=" $name=${value##* }"
  done
  out+=$line$'\n'
  if [[ ${can[pressure]} == yes ]]; then
    for name in cpu memory io; do
      mapfile -u 3 words 3< "/proc/pressure/$name" && out+="${words[*]/#/psi $name }"
    done
  fi
  mapfile -t -s 2 -u 3 words 3< /proc/net/dev
  # Those of containers, of which there may be many, begin at the margin: all of them become nothing at once, and no word.
  IFS=$'\n'
  # shellcheck disable=SC2068
  for line in ${words[@]/#veth*/}; do
    [[ $line == ' '* ]] && line=${line#"${line%%[! ]*}"}
    case $line in lo:* | veth* | docker* | br-* | virbr*) continue ;; esac
    out+="net $line"$'\n'
  done
  IFS=$' \t\n'
  vigie_disks
}

# Whole disks have a directory; what is made of other disks would count twice. Which lines those are is looked at again
# where there are more or fewer of them, or one is another disk's.
vigie_disks() {
  local lines words index line head text=''
  mapfile -t -u 3 lines 3< /proc/diskstats
  if ((${#lines[@]} == disk_lines)); then
    for index in "${!disks[@]}"; do
      head=${disks[index]} line=${lines[index]#*" ${disks[index]##* } "}
      [[ $line == "${lines[index]}" ]] && break
      text+="disk $head $line"$'\n'
      head=''
    done
    [[ $head ]] || { out+=$text && return; }
  fi
  disk_lines=${#lines[@]} disks=()
  for index in "${!lines[@]}"; do
    # shellcheck disable=SC2206
    words=(${lines[index]})
    case ${words[2]} in loop* | ram* | zram* | sr* | fd* | dm-* | md*) continue ;; esac
    [[ -d /sys/block/${words[2]//\//!} ]] || continue
    disks[index]=${words[*]:0:3}
    out+="disk ${words[*]}"$'\n'
  done
}

# What is read of each container at each sample; the memory of every other one; the rest, of a fifth of them.
#
# The first element of an array is named without its index here: an index costs bash half as much as the reading of a
# file.
# shellcheck disable=SC2128
vigie_containers() {
  local i line text fresh usage before cache taken figures=() turn=$((seq % 5)) half=$((seq % 2))
  for i in "${!c_id[@]}"; do
    line='' fresh=${c_fresh[i]}
    if ((cgroup == 1)); then
      mapfile -t -n 1 -u 3 taken 3< "${c_acct[i]}/cpuacct.usage" && [[ $taken ]] && line=" cpu=$taken"
    else
      mapfile -t -n 1 -u 3 taken 3< "${c_cpu[i]}/cpu.stat" && [[ $taken ]] && line=" cpu=${taken#* }000"
    fi
    if ((i % 5 == turn)) || [[ $fresh ]]; then
      c_fresh[i]='' c_usage[i]='' c_total[i]=0
      vigie_container_rest
    fi
    if ((i % 2 == half)) || [[ $fresh ]]; then
      mapfile -t -n 1 -u 3 taken 3< "${c_memory[i]}/$usage_file" || taken=()
      usage=$taken
      if [[ $usage && $usage != "${c_usage[i]}" ]]; then
        before=${c_total[i]} cache=${c_cache[i]}
        # The page cache is in the longest file of all: that is read once after it was a container's turn, and where the
        # total has changed by a hundredth since.
        if ((before == 0 || (usage - before) * 100 > usage || (before - usage) * 100 > usage)); then
          mapfile -t -s "$inactive_line" -n 1 -u 3 taken 3< "${c_memory[i]}/memory.stat" || taken=()
          [[ $taken == "$inactive_key "* ]] || vigie_find "${c_memory[i]}/memory.stat" "$inactive_key" 1 inactive_line
          cache=${taken#* } c_total[i]=$usage c_cache[i]=$cache
        fi
        c_usage[i]=$usage c_used[i]=''
        # Without the page cache that the kernel would give back first, as `docker stats` counts.
        [[ $cache ]] && c_used[i]=" mem=$((usage > cache ? usage - cache : 0))"
      fi
      [[ $usage ]] && line+=${c_used[i]}
    fi
    [[ $line ]] && figures[i]="c ${c_id[i]}$line"
  done
  # At once, because each addition to a long text copies it.
  ((${#figures[@]})) && printf -v text '%s\n' "${figures[@]}" && out+=$text
}

# vigie_find FILE KEY COUNT NAME: that many lines from the one that begins with KEY, in `taken`, empty where there is none; in
# the variable NAME, after how many lines it comes, for the next time.
vigie_find() {
  local lines index
  taken=()
  mapfile -t -u 3 lines 3< "$1"
  for index in "${!lines[@]}"; do
    [[ ${lines[index]} == "$2 "* ]] || continue
    taken=("${lines[@]:index:$3}")
    printf -v "$4" %s "$index"
    return
  done
}

# Into `line`. Where lines stand that were found once they are looked for again only where they are not.
# shellcheck disable=SC2048,SC2086,SC2128
vigie_container_rest() {
  local words taken rx=0 tx=0 any='' link
  mapfile -t -s "$periods_line" -n 3 -u 3 taken 3< "${c_cpu[i]}/cpu.stat" || taken=()
  [[ $taken == 'nr_periods '* ]] || vigie_find "${c_cpu[i]}/cpu.stat" nr_periods 3 periods_line
  set -- ${taken[*]}
  case "$1 $3 $5" in
    'nr_periods nr_throttled throttled_time') line+=" periods=$2 throttled=$4 throttledns=$6" ;;
    'nr_periods nr_throttled throttled_usec') line+=" periods=$2 throttled=$4 throttledns=${6}000" ;;
  esac
  mapfile -t -n 1 -u 3 taken 3< "${c_pids[i]}/pids.current" && [[ $taken ]] && line+=" pids=$taken"
  mapfile -t -s "$kills_line" -n 1 -u 3 taken 3< "${c_memory[i]}/$kills_file" || taken=()
  [[ $taken == 'oom_kill '* ]] || vigie_find "${c_memory[i]}/$kills_file" oom_kill 1 kills_line
  [[ $taken ]] && line+=" oom=${taken#* }"
  words=()
  if ((cgroup == 1)); then
    mapfile -t -u 3 words 3< "${c_blkio[i]}/blkio.throttle.io_service_bytes"
  else
    mapfile -t -u 3 words 3< "${c_blkio[i]}/io.stat"
  fi
  # Some lines for each disk, of which most containers use none most of the time.
  [[ ${words[*]} == "${c_io[i]}" ]] || vigie_container_io
  line+=${c_moved[i]}
  [[ ${c_pid[i]} ]] || return 0
  mapfile -t -s 2 -u 3 words 3< "/proc/${c_pid[i]}/net/dev" || words=()
  for link in "${words[@]}"; do
    case $link in '    lo:'*) continue ;; esac
    set -- ${link#*:}
    ((any = 1, rx += $1, tx += $9))
  done
  [[ $any ]] && line+=" rx=$rx tx=$tx"
}

# What a container has read and written, from the lines in `words`.
vigie_container_io() {
  local value read=0 written=0 any=''
  c_io[i]=${words[*]} c_moved[i]=''
  if ((cgroup == 1)); then
    for value in "${words[@]}"; do
      case $value in
        *' Read '*) ((any = 1, read += ${value##* })) ;;
        *' Write '*) ((any = 1, written += ${value##* })) ;;
      esac
    done
  else
    # shellcheck disable=SC2048
    for value in ${words[*]}; do
      case $value in
        rbytes=*) ((any = 1, read += ${value#*=})) ;;
        wbytes=*) ((any = 1, written += ${value#*=})) ;;
      esac
    done
  fi
  [[ $any ]] && c_moved[i]=" read=$read written=$written"
}

vigie_frame() {
  local out line
  line=${EPOCHREALTIME:-}
  [[ $line ]] || printf -v line '%(%s)T.000000' -1
  out="= $seq ${line/,/.} $uptime"$'\n'
  vigie_host
  vigie_containers
  # With its last end of line in it, so that it is one write.
  printf %s "$out"$'.\n' || exit 0
  ((++seq))
}

# --- A sample ---------------------------------------------------------------------------------------------------------

vigie_host() {
  local line name value words
  mapfile -t -n "$stat_lines" words < /proc/stat
  printf -v value '%s\n' "${words[@]}"
  out+=$value
  IFS='' read -r value < /proc/loadavg && out+="load $value"$'\n'
  mapfile -t -n "$memory_lines" words < /proc/meminfo
  line=mem
  for name in "${!memory[@]}"; do line+=" $name=${words[memory[$name]]//[!0-9]/}"; done
  out+=$line$'\n'
  if [[ ${can[pressure]} == yes ]]; then
    for name in cpu memory io; do
      mapfile -t words < "/proc/pressure/$name"
      for line in "${words[@]}"; do out+="psi $name $line"$'\n'; done
    done
  fi
  mapfile -t -s 2 words < /proc/net/dev
  for line in "${words[@]}"; do
    case $line in ' '*) line=${line#"${line%%[! ]*}"} ;; esac
    case $line in lo:* | veth* | docker* | br-* | virbr*) continue ;; esac
    out+="net $line"$'\n'
  done
  # Whole disks have a directory; what is made of other disks would count twice.
  while read -r line value name words; do
    case $name in loop* | ram* | zram* | sr* | fd* | dm-* | md*) continue ;; esac
    [[ -d /sys/block/${name//\//!} ]] && out+="disk $line $value $name $words"$'\n'
  done < /proc/diskstats
}

# What is read of each container at each sample; then the rest, for a fifth of them.
vigie_containers() {
  local i usage cache taken turn=$((seq % 5))
  for i in "${!c_id[@]}"; do
    line="c ${c_id[i]}"
    if ((cgroup == 1)); then
      read -r usage < "${c_acct[i]}/cpuacct.usage" && line+=" cpu=$usage"
      read -r usage < "${c_memory[i]}/memory.usage_in_bytes" || usage=''
    else
      read -r _ usage < "${c_cpu[i]}/cpu.stat" && line+=" cpu=${usage}000"
      read -r usage < "${c_memory[i]}/memory.current" || usage=''
    fi
    if ((i % 5 == turn)) || [[ ${c_fresh[i]} ]]; then
      c_fresh[i]='' c_usage[i]=''
      vigie_container_rest
    fi
    # The longest file of all, which needs no second look while the total stays the same to the byte.
    if [[ $usage && ${c_usage[i]} != "$usage" ]]; then
      mapfile -t -s "$inactive_line" -n 1 taken < "${c_memory[i]}/memory.stat"
      cache=${taken[0]}
      [[ $cache == "$inactive_key "* ]] || vigie_inactive "${c_memory[i]}/memory.stat"
      # Without the page cache that the kernel would give back first, as `docker stats` counts.
      cache=${cache#* } c_usage[i]=$usage c_used[i]=''
      [[ $cache ]] && c_used[i]=$((usage > cache ? usage - cache : 0))
    fi
    [[ $usage && ${c_used[i]} ]] && line+=" mem=${c_used[i]}"
    [[ $line == *=* ]] && out+=$line$'\n'
  done
}

# Finds the wanted line of a memory.stat, for `cache` and for the next time.
vigie_inactive() {
  local words index
  cache=''
  mapfile -t words < "$1"
  for index in "${!words[@]}"; do
    [[ ${words[index]} == "$inactive_key "* ]] && inactive_line=$index cache=${words[index]}
  done
}

vigie_container_rest() {
  local words key value read=0 written=0 rx=0 tx=0 any=''
  mapfile -t words < "${c_cpu[i]}/cpu.stat"
  for value in "${words[@]}"; do
    case $value in
      'nr_periods '*) line+=" periods=${value#* }" ;;
      'nr_throttled '*) line+=" throttled=${value#* }" ;;
      'throttled_time '*) line+=" throttledns=${value#* }" ;;
      'throttled_usec '*) line+=" throttledns=${value#* }000" ;;
    esac
  done
  read -r value < "${c_pids[i]}/pids.current" && line+=" pids=$value"
  key=memory.events
  ((cgroup == 1)) && key=memory.oom_control
  mapfile -t words < "${c_memory[i]}/$key"
  for value in "${words[@]}"; do
    [[ $value == 'oom_kill '* ]] && line+=" oom=${value#* }"
  done
  if ((cgroup == 1)); then
    while read -r _ key value; do
      case $key in
        Read) ((any = 1, read += value)) ;;
        Write) ((any = 1, written += value)) ;;
      esac
    done < "${c_blkio[i]}/blkio.throttle.io_service_bytes"
  else
    while read -r _ words; do
      for value in $words; do
        case $value in
          rbytes=*) ((any = 1, read += ${value#*=})) ;;
          wbytes=*) ((any = 1, written += ${value#*=})) ;;
        esac
      done
    done < "${c_blkio[i]}/io.stat"
  fi
  [[ $any ]] && line+=" read=$read written=$written"
  [[ ${c_pid[i]} ]] || return 0
  any=''
  mapfile -t -s 2 words < "/proc/${c_pid[i]}/net/dev"
  for value in "${words[@]}"; do
    key=${value%%:*}
    [[ ${key##* } == lo ]] && continue
    # shellcheck disable=SC2206
    words=(${value#*:})
    ((any = 1, rx += words[0], tx += words[8]))
  done
  [[ $any ]] && line+=" rx=$rx tx=$tx"
}

vigie_frame() {
  local out up line
  IFS='' read -r up < /proc/uptime
  line=${EPOCHREALTIME:-}
  [[ $line ]] || printf -v line '%(%s)T.000000' -1
  out="= $seq ${line/,/.} ${up% *}"$'\n'
  vigie_host
  vigie_containers
  vigie_say "$out."
  ((++seq))
}

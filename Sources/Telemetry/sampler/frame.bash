# --- A sample ---------------------------------------------------------------------------------------------------------

vigie_host() {
  local line name value words
  mapfile -t -n "$stat_lines" words < /proc/stat
  printf -v value '%s\n' "${words[@]}"
  out+=$value
  IFS='' read -r value < /proc/loadavg && out+="load $value"$'\n'
  mapfile -t -n "$memory_lines" words < /proc/meminfo
  line=mem
  for name in "${!memory[@]}"; do
    value=${words[memory[$name]]% kB}
    line+=" $name=${value##* }"
  done
  out+=$line$'\n'
  if [[ ${can[pressure]} == yes ]]; then
    for name in cpu memory io; do
      mapfile -t words < "/proc/pressure/$name"
      printf -v value "psi $name %s\n" "${words[@]}"
      out+=$value
    done
  fi
  mapfile -t -s 2 words < /proc/net/dev
  for line in "${words[@]}"; do
    # Those of containers, of which there may be many, begin at the margin.
    case $line in
      veth* | br-*) continue ;;
      ' '*) line=${line#"${line%%[! ]*}"} ;;
    esac
    case $line in lo:* | veth* | docker* | br-* | virbr*) continue ;; esac
    out+="net $line"$'\n'
  done
  vigie_disks
}

# Whole disks have a directory; what is made of other disks would count twice. Which lines those are is looked at again
# where there are more or fewer of them, or one is another disk's.
vigie_disks() {
  local lines words index line head text=''
  mapfile -t lines < /proc/diskstats
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

# What is read of each container at each sample; then the rest, for a fifth of them.
vigie_containers() {
  local i usage cache taken turn=$((seq % 5))
  for i in "${!c_id[@]}"; do
    line=''
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
    [[ $line ]] && out+="c ${c_id[i]}$line"$'\n'
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
    mapfile -t words < "${c_blkio[i]}/blkio.throttle.io_service_bytes"
    for value in "${words[@]}"; do
      case $value in
        *' Read '*) ((any = 1, read += ${value##* })) ;;
        *' Write '*) ((any = 1, written += ${value##* })) ;;
      esac
    done
  else
    mapfile -t words < "${c_blkio[i]}/io.stat"
    # shellcheck disable=SC2048
    for value in ${words[*]}; do
      case $value in
        rbytes=*) ((any = 1, read += ${value#*=})) ;;
        wbytes=*) ((any = 1, written += ${value#*=})) ;;
      esac
    done
  fi
  [[ $any ]] && line+=" read=$read written=$written"
  [[ ${c_pid[i]} ]] || return 0
  any=''
  mapfile -t -s 2 words < "/proc/${c_pid[i]}/net/dev" || words=()
  for value in "${words[@]}"; do
    case $value in '    lo:'*) continue ;; esac
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

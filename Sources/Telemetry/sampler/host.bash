# --- What the host can tell -------------------------------------------------------------------------------------------

vigie_say() { printf '%s\n' "$@" || exit 0; }

# vigie_can NAME yes | NAME no REASON: says so where it is new.
vigie_can() {
  [[ ${can[$1]} == "${*:2}" ]] && return 0
  can[$1]=${*:2}
  vigie_say "can $*"
}

# Milliseconds since boot, in `now`; the same as the kernel writes it in `uptime`.
vigie_clock() {
  local line
  mapfile -n 1 -u 3 line 3< /proc/uptime
  # shellcheck disable=SC2128
  uptime=${line%% *}
  now=$((10#${uptime/./} * 10))
}

# Where the controllers are mounted, in `mounts`, and what of the tree is seen there, in `roots`; `cgroup`: 1, 2 or none.
# Where the root is no overlay itself, df need not tell of those that Docker mounts for each container: `df_without`.
vigie_mounts() {
  local line left right name
  cgroup=none df_without=(-x overlay)
  while IFS= read -r line; do
    [[ $line == *' / / '*' - overlay '* ]] && df_without=()
    [[ $line == *' - cgroup'* ]] || continue
    # shellcheck disable=SC2206 # Spaces in a mount point are \040 here.
    left=(${line%% - *}) right=(${line##* - })
    for name in cpuacct cpu memory blkio pids unified; do
      case ${right[0]},$name in
        cgroup2,unified) ;;
        cgroup,unified | cgroup2,*) continue ;;
        *) [[ ,${right[2]}, == *",$name,"* ]] || continue ;;
      esac
      [[ ${mounts[$name]} ]] || printf -v "mounts[$name]" '%b' "${left[4]//\\/\\0}"
      roots[$name]=${left[3]%/}
    done
  done < /proc/self/mountinfo
  if [[ ${mounts[memory]}${mounts[cpuacct]} ]]; then
    cgroup=1
  elif [[ ${mounts[unified]} ]]; then
    cgroup=2
  fi
}

# What stays as it is while the host runs: which lines of a file are wanted.
vigie_learn() {
  local line index=0
  stat_lines=0 memory_lines=0 usage_file=memory.current inactive_key=inactive_file kills_file=memory.events
  ((cgroup == 1)) && usage_file=memory.usage_in_bytes inactive_key=total_inactive_file kills_file=memory.oom_control
  while read -r line; do
    [[ $line == cpu* ]] || break
    ((++stat_lines))
  done < /proc/stat
  while IFS=: read -r line _; do
    case $line in
      MemTotal) memory[total]=$index ;;
      MemAvailable) memory[available]=$index ;;
      SwapTotal) memory[swaptotal]=$index ;;
      SwapFree) memory[swapfree]=$index ;;
      *) ((++index)) && continue ;;
    esac
    memory_lines=$((++index))
  done < /proc/meminfo
  if read -r _ < /proc/pressure/cpu; then
    vigie_can pressure yes
  else
    vigie_can pressure no 'the kernel does not report pressure; boot Linux 4.20 or later with psi=1'
  fi
  if [[ $cgroup == none ]]; then
    vigie_can cgroups no 'no control groups are mounted, so what a container uses is unknown; mount them'
  else
    vigie_can cgroups yes
  fi
}

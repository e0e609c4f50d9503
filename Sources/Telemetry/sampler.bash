# The sampler: what one host tells the console, as the lines of docs/protocol.md. Bash 4.2 or later.
#
# It runs as the user who logged in, writes nothing to disk and changes nothing on the host. A sample forks no process:
# `read` and `mapfile` take the kernel's files in, and `read -t` on the orders is the sleep. What must be another
# program (docker, journalctl, df) runs beside it, on a leash, and its output is taken in without ever waiting for it.
# What another program said is data: it is never evaluated, and never used as a pattern or a format.

set -f
LC_ALL=C IFS=$' \t\n'
declare -A fds=() pids=() tails=() can=() mounts=() roots=() memory=() slot=() known=() changed=() caches=()
c_id=() c_pid=() c_cpu=() c_acct=() c_memory=() c_blkio=() c_pids=() c_fresh=() lines=() via=() leash=()

# --- Beside the loop: programs on a leash -----------------------------------------------------------------------------

# For hosts whose setpriv is missing or too old: ends the program when standard input (the lifeline) ends.
vigie_keeper='"$@" & c=$!; exec >&-; trap "kill $c" EXIT; trap exit TERM HUP
while kill -0 "$c" && { IFS= read -r -t 1 _; (($? > 128)); }; do :; done'

# The child's side of vigie_open: lets go of what it inherited, so that every pipe ends with the sampler itself.
vigie_child() {
  local other
  trap - EXIT HUP INT PIPE TERM
  printf '%s\n' "$BASHPID"
  for other in "${fds[@]}"; do exec {other}<&-; done
  exec 0<"/dev/fd/$life" {life}>&-
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

# vigie_drain NAME: what has come since, as whole lines in `lines`, at most 32 KiB a turn. Fails at the end of it.
vigie_drain() {
  local fd=${fds[$1]} chunk='' status=0 IFS=$'\n'
  lines=()
  read -r -t 0 -u "$fd" || return 0
  IFS='' read -r -N 32768 -t 0.001 -u "$fd" chunk || status=$?
  chunk=${tails[$1]}$chunk
  if ((status == 0 || status > 128)); then
    tails[$1]=${chunk##*$'\n'}
    chunk=${chunk%"${tails[$1]}"}
    # Nothing that is read here has lines of this length.
    ((${#tails[$1]} < 262144)) || tails[$1]=''
  else
    tails[$1]=''
  fi
  # shellcheck disable=SC2206 # Split at newlines; globbing is off.
  lines=($chunk)
  ((status == 0 || status > 128))
}

# --- What the host can tell -------------------------------------------------------------------------------------------

vigie_say() { printf '%s\n' "$@" || exit 0; }

# vigie_can NAME yes | NAME no REASON: says so where it is new.
vigie_can() {
  [[ ${can[$1]} == "${*:2}" ]] && return 0
  can[$1]=${*:2}
  vigie_say "can $*"
}

# Milliseconds since boot, in `now`.
vigie_clock() {
  local up
  read -r up _ < /proc/uptime
  now=$((10#${up/./} * 10))
}

# Where the controllers are mounted, in `mounts`, and what of the tree is seen there, in `roots`; `cgroup`: 1, 2 or none.
vigie_mounts() {
  local line left right name
  cgroup=none
  while IFS= read -r line; do
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
  stat_lines=0 memory_lines=0 inactive_line=0
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
    name=${line%%:*}
    name=${name##* }
    case $name in lo | veth* | docker* | br-* | virbr*) continue ;; esac
    out+="net $name: ${line#*:}"$'\n'
  done
  # Whole disks have a directory; what is made of other disks would count twice.
  while read -r line value name words; do
    case $name in loop* | ram* | zram* | sr* | fd* | dm-* | md*) continue ;; esac
    [[ -d /sys/block/${name//\//!} ]] && out+="disk $line $value $name $words"$'\n'
  done < /proc/diskstats
}

# What is read of each container at each sample; then the rest, for a fifth of them.
vigie_containers() {
  local i usage words
  for i in "${!c_id[@]}"; do
    line="c ${c_id[i]}"
    if ((cgroup == 1)); then
      read -r usage < "${c_acct[i]}/cpuacct.usage" && line+=" cpu=$usage"
      read -r usage < "${c_memory[i]}/memory.usage_in_bytes" && vigie_memory "$usage" "${c_memory[i]}/memory.stat"
    else
      read -r words usage < "${c_cpu[i]}/cpu.stat" && line+=" cpu=${usage}000"
      read -r usage < "${c_memory[i]}/memory.current" && vigie_memory "$usage" "${c_memory[i]}/memory.stat"
    fi
    if ((i % 5 == seq % 5)) || [[ ${c_fresh[i]} ]]; then
      c_fresh[i]=''
      vigie_container_rest
    fi
    [[ $line == *=* ]] && out+=$line$'\n'
  done
}

# vigie_memory USAGE FILE: without the page cache that the kernel would give back first, as `docker stats` counts.
vigie_memory() {
  local words key=inactive_file index
  ((cgroup == 1)) && key=total_inactive_file
  mapfile -t -s "$inactive_line" -n 1 words < "$2"
  if [[ ${words[0]} != "$key "* ]]; then
    mapfile -t words < "$2"
    for index in "${!words[@]}"; do
      [[ ${words[index]} == "$key "* ]] || continue
      inactive_line=$index words[0]=${words[index]}
    done
    [[ ${words[0]} == "$key "* ]] || return 0
  fi
  words=${words[0]#* }
  ((words > $1)) && words=$1
  line+=" mem=$(($1 - words))"
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

# --- The container engine ---------------------------------------------------------------------------------------------

# Run by itself, as root where only sudo may ask: FORMAT, then identifiers or nothing for all containers.
# shellcheck disable=SC2016
vigie_ask='
format=$1 status=0; shift
if setpriv --pdeathsig TERM true; then leash="setpriv --pdeathsig TERM"; fi
ask() { $leash timeout -k 2 20 docker "$@"; }
if (($# == 0)); then
  said=$(ask ps -aq --no-trunc 2>&1) || { said="$? ${said//[[:cntrl:]]/ }"; printf "no %s\n" "${said:0:400}"; exit; }
  set -f
  for id in $said; do [[ $id =~ ^[0-9a-f]{64}$ ]] && set -- "$@" "$id"; done
fi
if (($#)); then ask inspect --type container --format "$format" "$@"; status=$?; fi
printf "end %s\n" "$status"'

vigie_format='C {{.Id}} {{.State.Pid}} {{.HostConfig.NanoCpus}} {{.HostConfig.CpuQuota}} {{.HostConfig.CpuPeriod}} '\
'{{.HostConfig.NetworkMode}}{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}'$'\t'\
'{"name":{{json .Name}},"image":{{json .Config.Image}},"id":{{json .Id}},"state":{{json .State.Status}},'\
'"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}null{{end}},'\
'"project":{{json (index .Config.Labels "com.docker.compose.project")}},'\
'"service":{{json (index .Config.Labels "com.docker.compose.service")}},'\
'"dir":{{json (index .Config.Labels "com.docker.compose.project.working_dir")}},'\
'"files":{{json (index .Config.Labels "com.docker.compose.project.config_files")}},'\
'"restarts":{{json .RestartCount}},"exit":{{json .State.ExitCode}},"oom":{{json .State.OOMKilled}},'\
'"started":{{json .State.StartedAt}},"finished":{{json .State.FinishedAt}},'\
'"ports":[{{$s := ""}}{{range $p, $b := .NetworkSettings.Ports}}{{range $b}}'\
'{{$s}}"{{.HostIp}}:{{.HostPort}}->{{$p}}"{{$s = ","}}{{end}}{{end}}],'\
'"memory":{{json .HostConfig.Memory}},"pid":{{json .State.Pid}},"policy":{{json .HostConfig.RestartPolicy.Name}}'

# Whether asking the engine would find it running: where it is stopped, a question would start it through its socket.
vigie_engine_runs() {
  local file name status=1
  [[ $DOCKER_HOST || ! -S /run/docker.sock ]] && return 0
  if read -r file < /run/docker.pid && [[ $file =~ ^[0-9]+$ ]]; then
    # Where other users' processes are hidden there is only the file to go by.
    [[ ! -d /proc/1 ]] && return 0
    read -r name < "/proc/$file/comm" && [[ $name == dockerd ]] && return 0
  fi
  set +f
  for file in /proc/[0-9]*/comm; do
    read -r name < "$file" && [[ $name == dockerd ]] && status=0 && break
  done
  set -f
  return "$status"
}

vigie_engine_lost() {
  vigie_close events
  vigie_close inspect
  engine=down ask_at=$((now + 10000)) changed=()
  vigie_can docker no "$*"
}

# vigie_refused STATUS TEXT…: why the engine did not answer, and what to do about it.
vigie_refused() {
  local status=$1 text=${*:2}
  case $status,$text in
    *'permission denied'*)
      vigie_engine_lost 'this user may not use Docker; add it to the docker group, or allow it sudo without a password'
      if [[ ! ${can[sudo]} ]] && type -P sudo; then
        can[sudo]=trying via=(sudo -n) ask_at=$now
        can[docker]=''
      else
        ask_at=$((now + 300000))
      fi
      ;;
    124,* | 137,*) vigie_engine_lost 'Docker did not answer within 20 seconds; see journalctl -u docker' ;;
    *'Cannot connect'* | *'Is the docker daemon running'*)
      vigie_engine_lost 'the Docker engine does not run; start it with sudo systemctl start docker' ;;
    *) vigie_engine_lost "docker ps failed with status $status: $text; try it by hand on the host" ;;
  esac
}

vigie_inspected() {
  local line
  for line in "${lines[@]}"; do
    case $line in
      'C '*) vigie_container "$line" ;;
      'no '*)
        line=${line#no }
        refused=1
        vigie_refused "${line%% *}" "${line#* }"
        return
        ;;
      'end 124' | 'end 137') vigie_refused 124 && return ;;
      'end '*) answered=1 ;;
    esac
  done
}

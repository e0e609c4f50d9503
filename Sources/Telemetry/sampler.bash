# The sampler: what one host tells the console, as the lines of docs/protocol.md. Bash 4.2 or later.
#
# It runs as the user who logged in, writes nothing to disk and changes nothing on the host. A sample forks no process:
# `read` and `mapfile` take the kernel's files in, and `read -t` on the orders is the sleep. What must be another
# program (docker, journalctl, df) runs beside it, on a leash, and its output is taken in without ever waiting for it.
# What another program said is data: it is never evaluated, and never used as a pattern or a format.

set -f
LC_ALL=C IFS=$' \t\n'
declare -A fds=() pids=() tails=() can=() mounts=() roots=() memory=() slot=() known=() changed=() caches=()
c_id=() c_pid=() c_cpu=() c_acct=() c_memory=() c_blkio=() c_pids=() c_fresh=() c_usage=() c_used=() lines=() disks=() via=() leash=()
seq=0 slots=0 asked=0 asked_seq=-1 inactive_line=0 journal_seq=-1 journal_left=40 journal_behind=0
engine=unknown life='' order='' caches_changed=''

# --- Beside the loop: programs on a leash -----------------------------------------------------------------------------

# For hosts whose setpriv is missing or too old: ends the program when standard input (the lifeline) ends.
# shellcheck disable=SC2016
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
  stat_lines=0 memory_lines=0 inactive_key=inactive_file
  ((cgroup == 1)) && inactive_key=total_inactive_file
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

vigie_format='C {{.ID}} {{.State.Pid}} {{.HostConfig.NanoCPUs}} {{.HostConfig.CPUQuota}} {{.HostConfig.CPUPeriod}} '\
'{{json .NetworkSettings.Ports}} {{.HostConfig.NetworkMode}}{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}'$'\t'\
'{"name":{{json .Name}},"image":{{json .Config.Image}},"id":{{json .ID}},"state":{{json .State.Status}},'\
'"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}null{{end}},'\
'"project":{{json (index .Config.Labels "com.docker.compose.project")}},'\
'"service":{{json (index .Config.Labels "com.docker.compose.service")}},'\
'"dir":{{json (index .Config.Labels "com.docker.compose.project.working_dir")}},'\
'"files":{{json (index .Config.Labels "com.docker.compose.project.config_files")}},'\
'"restarts":{{json .RestartCount}},"exit":{{json .State.ExitCode}},"oom":{{json .State.OOMKilled}},'\
'"started":{{json .State.StartedAt}},"finished":{{json .State.FinishedAt}},'\
'"memory":{{json .HostConfig.Memory}},"pid":{{json .State.Pid}},"policy":{{json .HostConfig.RestartPolicy.Name}}}'

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
      if [[ ! ${via[*]} && ! ${can[sudo]} ]] && type -P sudo > /dev/null; then
        via=(sudo -n) ask_at=$now
      else
        vigie_engine_lost 'this user may not use Docker; add it to the docker group, or allow it sudo without a password'
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
        vigie_close inspect
        vigie_refused "${line%% *}" "${line#* }"
        return
        ;;
      'end 124' | 'end 137') vigie_refused 124 ;;
      'end '*) vigie_close inspect && vigie_answered ;;
    esac
  done
}

# vigie_container LINE: one line of the inspection, as vigie_format makes it.
vigie_container() {
  local json=${1#*$'\t'} words milli
  # shellcheck disable=SC2206
  words=(${1%%$'\t'*})
  [[ ${words[1]} =~ ^[0-9a-f]{64}$ ]] || return 0
  json=${json/#'{"name":"/'/'{"name":"'}
  milli=$((words[3] / 1000000))
  ((milli > 0 || words[4] <= 0)) || milli=$((words[4] * 1000 / (words[5] > 0 ? words[5] : 100000)))
  ((milli > 0)) && printf -v json '{"cpus":%d.%03d,%s' $((milli / 1000)) $((milli % 1000)) "${json#\{}"
  vigie_ports "${words[6]}"
  vigie_say "container {\"ports\":[$ports],${json#\{}"
  known[${words[1]}]=$asked
  vigie_place "${words[1]}" "${words[2]}" "${words[7]}"
  vigie_cache "${words[1]}" "${words[2]}" "$json" "${words[8]:-127.0.0.1}"
}

# vigie_ports JSON: published ports, from {"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}, in `ports`.
vigie_ports() {
  local IFS='{}[],' part port='' address=''
  ports=''
  for part in $1; do
    case $part in
      '"HostIp":'*) address=${part#*:} ;;
      '"HostPort":'*) ports+=,\"${address//\"/}:${part//[!0-9]/}-\>$port\" ;;
      '"'*'":' | '"'*'":null') port=${part%:*} port=${port//\"/} ;;
    esac
  done
  ports=${ports#,}
}

# vigie_place ID PID NETWORK: where the figures of a container are read from now on; nowhere while it has no process.
vigie_place() {
  local i=${slot[$1]} names path name base
  [[ $i ]] && unset "c_id[$i]" "slot[$1]"
  (($2 > 0)) || return 0
  [[ $i ]] || i=$((slots++))
  c_cpu[i]='' c_acct[i]='' c_memory[i]='' c_blkio[i]='' c_pids[i]=''
  while IFS=: read -r _ names path; do
    if ((cgroup == 2)); then
      [[ $names ]] && continue
      base=${mounts[unified]}${path#"${roots[unified]}"}
      c_cpu[i]=$base c_memory[i]=$base c_blkio[i]=$base c_pids[i]=$base
      continue
    fi
    for name in cpu cpuacct memory blkio pids; do
      [[ ,$names, == *",$name,"* ]] || continue
      base=${mounts[$name]}${path#"${roots[$name]}"}
      case $name in
        cpu) c_cpu[i]=$base ;;
        cpuacct) c_acct[i]=$base ;;
        memory) c_memory[i]=$base ;;
        blkio) c_blkio[i]=$base ;;
        pids) c_pids[i]=$base ;;
      esac
    done
  done < "/proc/$2/cgroup"
  c_id[i]=$1 c_fresh[i]=1 c_pid[i]=$2 slot[$1]=$i
  # With the host's own network there is nothing to tell apart.
  [[ $3 == host ]] && c_pid[i]=''
}

vigie_gone() {
  [[ ${known[$1]} ]] || return 0
  vigie_say "gone $1"
  vigie_place "$1" 0
  unset "known[$1]"
  [[ ${caches[$1]} ]] && unset "caches[$1]" && caches_changed=1
}

# A whole inspection came.
vigie_answered() {
  local id
  [[ $engine == up ]] && return 0
  for id in "${!known[@]}"; do ((known[$id] == asked)) || vigie_gone "$id"; done
  engine=up
  [[ ${via[*]} ]] && vigie_can sudo yes
  vigie_can docker yes
  # The containers at once, not only with the next sample.
  next=$now
  local words=(docker events --since "$asked_clock" --format '{{json .}}' --filter type=container) name
  for name in create start restart stop kill die oom pause unpause destroy rename update health_status; do
    words+=(--filter "event=$name")
  done
  if [[ ${via[*]} ]]; then words=("${via[@]}" bash -c "$vigie_keeper" vigie "${words[@]}"); fi
  vigie_open events "${words[@]}"
}

# vigie_inspect [ID…]: of all containers where none is named.
vigie_inspect() {
  ((++asked))
  printf -v asked_clock '%(%s)T' -1
  vigie_open inspect "${via[@]}" bash -c "$vigie_ask" vigie "$vigie_format" "$@"
}

vigie_event() {
  local line id
  for line in "${lines[@]}"; do
    [[ $line == '{'*'}' ]] || continue
    vigie_say "event $line"
    id=${line#*'"Actor":{"ID":"'}
    id=${id%%\"*}
    [[ $id =~ ^[0-9a-f]{64}$ ]] || continue
    if [[ $line == *'"Action":"destroy"'* ]]; then
      unset "changed[$id]"
      vigie_gone "$id"
    else
      changed[$id]=1
    fi
  done
}

vigie_engine() {
  local ended=''
  if [[ ${fds[events]} ]]; then
    vigie_drain events || ended=1
    vigie_event
    [[ $ended ]] && vigie_engine_lost 'the Docker engine stopped answering; see journalctl -u docker' && ask_at=$((now + 2000))
  fi
  if [[ ${fds[inspect]} ]]; then
    ended=''
    vigie_drain inspect || ended=1
    vigie_inspected
    [[ $ended && ${fds[inspect]} ]] || return 0
    vigie_close inspect
    if [[ ${via[*]} && $engine != up ]]; then
      via=()
      vigie_can sudo no 'sudo asks for a password; allow this user sudo without one, or add it to the docker group'
      vigie_refused 1 'permission denied'
    else
      vigie_engine_lost 'docker inspect ended without a word; try it by hand on the host'
    fi
  elif [[ $engine == up ]]; then
    ((${#changed[@]} && seq != asked_seq)) || return 0
    asked_seq=$seq
    vigie_inspect "${!changed[@]}"
    changed=()
  elif ((now >= ask_at)); then
    ask_at=$((now + 10000))
    if ! type -P docker > /dev/null; then
      vigie_engine_lost 'docker is not installed, or not in the PATH of a command over SSH'
    elif vigie_engine_runs; then
      vigie_inspect
    else
      vigie_engine_lost 'the Docker engine does not run; start it with sudo systemctl start docker'
    fi
  fi
}

# --- Redis ------------------------------------------------------------------------------------------------------------

# vigie_cache ID PID JSON ADDRESS: notes whether the container is a Redis that can be asked, and where.
vigie_cache() {
  local image=${3#*'"image":"'} address=''
  image=${image%%\"*}
  image=${image##*/}
  case ${image%%[:@]*} in *redis* | *valkey* | *keydb*) (($2 > 0)) && address=$4 ;; esac
  [[ $address =~ ^[0-9.]*$ && ${caches[$1]} != "$address" ]] || return 0
  caches[$1]=$address caches_changed=1
  [[ $address ]] || unset "caches[$1]"
}

# Beside the loop, because connecting may take its time: asks each Redis every five seconds, on one connection each.
vigie_caches() {
  local -A links=() places=() counts=()
  local id old
  trap '' PIPE
  while :; do
    for id in "${!caches[@]}"; do
      while ! vigie_info "$id"; do
        # An old connection may have ended with its Redis; a new one says how it is.
        old=${links[$id]} links[$id]=''
        [[ $old ]] || break
        exec {old}>&-
      done
    done
    IFS='' read -r -t 5 _
    (($? > 128)) || exit 0
  done
}

# vigie_wanted LINE: takes a line of INFO into `wanted` where it is of use.
vigie_wanted() {
  case $1 in
    run_id:* | redis_version:* | valkey_version:* | uptime_in_seconds:* | keyspace_hits:* | keyspace_misses:* | \
      total_commands_processed:* | evicted_keys:* | expired_keys:* | used_memory:* | maxmemory:* | maxmemory_policy:* | \
      connected_clients:* | blocked_clients:* | db[0-9]*:keys=*) wanted+=" ${1// /}" ;;
    *) return 1 ;;
  esac
}

# vigie_info ID: fails where the connection is of no more use; says why where it was a new one.
vigie_info() {
  local fd=${links[$1]} line word words body found='' wanted='' new='' IFS=$'\r\n'
  if [[ ! $fd ]]; then
    { exec {fd}<> "/dev/tcp/${caches[$1]}/6379"; } || {
      vigie_say "redis $1 error nothing answers at ${caches[$1]}:6379; see the container's log and its port"
      return 1
    }
    new=1
  fi
  if ! { printf 'INFO\r\n' >&"$fd" && read -r -t 2 -u "$fd" line; }; then
    [[ $new ]] && vigie_say "redis $1 error no answer from ${caches[$1]}:6379 within 2 seconds; see the container's log"
  elif [[ $line == -NOAUTH* ]]; then
    vigie_say "redis $1 error it asks for a password, which the sampler has not (NOAUTH); allow INFO without one by an ACL"
  elif [[ $line != '$'* ]]; then
    vigie_say "redis $1 error it answers INFO with ${line:0:200}; try redis-cli INFO in the container"
  else
    links[$1]=$fd
    line=${line//[!0-9]/}
    # After half an answer this process is of no use: another is started.
    ((line > 0 && line < 65536)) && IFS='' read -r -N $((line + 2)) -u "$fd" body || exit 1
    # shellcheck disable=SC2206
    words=($body)
    # Looking for the lines costs most; they stay where they are while there are as many.
    [[ ${counts[$1]} == "${#words[@]}" ]] && found=${places[$1]}
    for word in $found; do
      vigie_wanted "${words[word]}" || { found='' && break; }
    done
    if [[ ! $found ]]; then
      wanted='' places[$1]='' counts[$1]=${#words[@]}
      for word in "${!words[@]}"; do vigie_wanted "${words[word]}" && places[$1]+=$word$'\n'; done
    fi
    vigie_say "redis $1$wanted"
    return 0
  fi
  [[ $new ]] && exec {fd}>&-
  return 1
}

vigie_redis() {
  if [[ $caches_changed ]]; then
    caches_changed=''
    vigie_close redis
    ((${#caches[@]})) && vigie_open redis vigie_caches
  fi
  [[ ${fds[redis]} ]] || return 0
  vigie_drain redis || caches_changed=1
  ((${#lines[@]})) && vigie_can redis yes && vigie_say "${lines[@]}"
}

# --- The journal and the file systems ---------------------------------------------------------------------------------

vigie_follow() {
  local file readable=''
  set +f
  for file in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do [[ -r $file ]] && readable=1; done
  set -f
  if ! type -P journalctl > /dev/null; then
    vigie_can journal no 'journalctl is not installed; this host has no systemd journal'
  elif [[ ! $readable ]]; then
    vigie_can journal no 'this user may not read the journal; add it to the systemd-journal group'
  else
    vigie_can journal yes
    vigie_open journal journalctl -f -n 0 -p warning -o json \
      --output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT,_COMM,_TRANSPORT,CONTAINER_NAME
  fi
}

# At most 40 entries a sample: what else there is waits in journalctl. Where that lasts it is skipped, and said.
vigie_journal() {
  local line text='' ended=''
  [[ ${fds[journal]} ]] || return 0
  if ((seq != journal_seq)); then
    journal_seq=$seq
    if ((journal_left > 0)); then journal_behind=0; else ((++journal_behind)); fi
    journal_left=40
  fi
  if ((journal_behind > 5)); then
    journal_behind=0
    vigie_say 'dropped -1'
    vigie_follow
    return
  fi
  vigie_drain journal "$journal_left" || ended=1
  ((journal_left -= ${#lines[@]}))
  for line in "${lines[@]}"; do
    [[ $line == '{'*'}' ]] && ((${#line} < 65000)) && text+="journal $line"$'\n'
  done
  [[ $text ]] && vigie_say "${text%$'\n'}"
  [[ $ended ]] || return 0
  vigie_close journal
  vigie_can journal no 'journalctl ended by itself; try journalctl -f on the host'
}

# What df says of local file systems, once a minute.
vigie_filesystems() {
  local line words mount text='' ended='' seen=''
  if [[ ! ${fds[df]} ]]; then
    ((now >= df_at)) || return 0
    df_at=$((now + 60000)) disks=()
    vigie_open df timeout -k 2 20 df -l -B1 -x tmpfs -x devtmpfs -x squashfs -x ramfs -x efivarfs -x iso9660 \
      --output=size,used,avail,fstype,source,target
    return 0
  fi
  vigie_drain df || ended=1
  disks+=("${lines[@]}")
  [[ $ended ]] || return 0
  vigie_close df
  for line in "${disks[@]}"; do
    # shellcheck disable=SC2206
    words=($line)
    [[ ${words[0]} =~ ^[0-9]+$ && ${words[1]} =~ ^[0-9]+$ && ${words[2]} =~ ^-?[0-9]+$ ]] || continue
    # The mount point is all from the first slash after the device, spaces and all.
    mount=${line#*" ${words[4]} "}
    mount=/${mount#*/}
    # Docker mounts an overlay for each container, and binds files: those say nothing that is not said elsewhere.
    [[ ${words[3]} == overlay && $mount != / || $seen == *" ${words[4]} "* || ! -d $mount ]] && continue
    [[ ${words[4]} == /dev/* ]] && seen+=" ${words[4]} "
    text+="fs ${words[4]} ${words[3]} ${words[0]} ${words[1]} ${words[2]} ${mount// /\\040}"$'\n'
  done
  if [[ $text ]]; then
    vigie_can filesystems yes
    vigie_say "${text}fs-end"
  else
    vigie_can filesystems no 'df did not answer within 20 seconds, or names no local file system; try df -l on the host'
  fi
}

# --- The loop ---------------------------------------------------------------------------------------------------------

# Ends what a sampler left behind that was lost with its connection: only processes that carry its token.
vigie_reap() {
  local pid word
  [[ $VIGIE_REAP =~ ^[0-9]+$ && $VIGIE_REAP_TOKEN && $VIGIE_REAP_TOKEN != "$VIGIE_SAMPLER" ]] || return 0
  set +f
  for pid in "/proc/$VIGIE_REAP" /proc/[0-9]*; do
    [[ -O $pid && -r $pid/environ ]] || continue
    while IFS='' read -r -d '' word; do
      [[ $word == "VIGIE_SAMPLER=$VIGIE_REAP_TOKEN" ]] || continue
      kill -KILL "${pid##*/}"
      break
    done < "$pid/environ"
  done
  set -f
}

vigie_order() {
  case $1 in
    end) exit 0 ;;
    now) next=$now ;;
    'interval '*)
      [[ ${1#interval } =~ ^[0-9]{1,8}$ ]] || return 0
      interval=$((10#${1#interval }))
      ((interval >= 100)) || interval=100
      ((next > now + interval)) && next=$((now + interval))
      ;;
  esac
  return 0
}

# Sleeps until there is something to do, or an order comes; the end of the orders is the end of the sampler.
vigie_sleep() {
  local pause=500 left word status fd time
  [[ ${fds[inspect]}${fds[df]} ]] && pause=50
  vigie_clock
  left=$((next - now))
  ((left < 5000)) || left=5000
  while ((left > 0)); do
    ((pause <= left)) || pause=$left
    printf -v time '%d.%03d' $((pause / 1000)) $((pause % 1000))
    status=0
    IFS='' read -r -t "$time" word || status=$?
    order+=$word
    if ((status == 0)); then
      vigie_clock
      vigie_order "$order"
      order=''
      return 0
    fi
    ((status > 128)) || exit 0
    ((left -= pause))
    for fd in "${fds[@]}"; do read -r -t 0 -u "$fd" && return 0; done
  done
}

vigie_main() {
  local boot host kernel
  exec 2> /dev/null
  read -r boot < /proc/sys/kernel/random/boot_id
  read -r host < /proc/sys/kernel/hostname
  read -r kernel < /proc/sys/kernel/osrelease
  interval=2000
  [[ $VIGIE_INTERVAL =~ ^[0-9]{3,8}$ ]] && interval=$((10#$VIGIE_INTERVAL))
  vigie_mounts
  vigie_say "vigie-stream 1 token=$VIGIE_SAMPLER host=$host boot=$boot kernel=$kernel pid=$$ cgroup=$cgroup interval=$interval"
  trap 'kill "${pids[@]}"' EXIT
  trap 'exit 0' HUP INT PIPE TERM
  vigie_learn
  vigie_clock
  next=$now df_at=$now ask_at=$now
  while :; do
    vigie_clock
    if ((now >= next)); then
      vigie_frame
      ((next += interval, next > now)) || next=$((now + interval))
    fi
    if [[ ! $life ]]; then
      # A pipe that nobody writes to: it ends for the programs on the leash when the sampler ends, however it does.
      exec {life}<> <(:)
      setpriv --pdeathsig TERM true && leash=(setpriv --pdeathsig TERM)
      ((${#leash[@]})) || leash=(bash -c "$vigie_keeper" vigie)
      vigie_reap
      vigie_follow
    fi
    vigie_engine
    vigie_redis
    vigie_journal
    vigie_filesystems
    vigie_sleep
  done
}
vigie_main

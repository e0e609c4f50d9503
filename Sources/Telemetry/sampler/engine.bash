# --- The container engine ---------------------------------------------------------------------------------------------

# Run by itself, as root where only sudo may ask: FORMAT, then identifiers or nothing for all containers.
# shellcheck disable=SC2016
vigie_ask='
format=$1 status=0; shift
if setpriv --pdeathsig TERM true; then leash="setpriv --pdeathsig TERM"; fi
ask() { $leash timeout -k 2 20 docker "$@"; }
list() { said=$(ask ps --no-trunc "$1" 2>&1) || { said="$? ${said//[[:cntrl:]]/ }"; printf "no %s\n" "${said:0:400}"; exit; }; }
if (($# == 0)); then
  list -aq
  set -f
  for id in $said; do [[ $id =~ ^[0-9a-f]{64}$ ]] && set -- "$@" "$id"; done
fi
if (($#)); then ask inspect --type container --format "$format" "$@"; status=$?; fi
# A container that ended meanwhile is no failure; an engine that did is one.
((status != 1)) || list -q
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
'"memory":{{json .HostConfig.Memory}},"swap":{{json .HostConfig.MemorySwap}},'\
'"quota":{{json .HostConfig.CPUQuota}},"period":{{json .HostConfig.CPUPeriod}},"pid":{{json .State.Pid}},"policy":{{json .HostConfig.RestartPolicy.Name}},'\
'"role":{{with index .Config.Labels "vigie.role"}}{{json .}}{{else}}null{{end}},"exposed":{{json .Config.ExposedPorts}}}'

# The engine's own socket, in `socket`.
vigie_socket() {
  socket=/run/docker.sock
  [[ $DOCKER_HOST ]] && socket=${DOCKER_HOST#unix://}
}

# A question to that socket by perl, because it starts in a third of the time that curl needs, in a tenth of Docker's own
# program's, and speaks to a socket without a module.
#
# SECONDS SOCKET PATH…: what the engine answers, without NULs, and after each answer a line `vigie STATUS`.
# shellcheck disable=SC2016
vigie_engine_perl='alarm shift; $socket = shift;
for (@ARGV) {
  $status = 0;
  if (socket(S, 1, 1, 0) && connect(S, pack("Sa108", 1, $socket))) {
    syswrite S, "GET $_ HTTP/1.0\r\nHost: docker\r\n\r\n";
    $/ = "\n";
    $status = $1 if <S> =~ / (\d+)/;
    while (<S>) { last if /^\r?$/ }
    $/ = \65536;
    while (<S>) { tr/\0//d; print }
    close S;
  }
  print "\nvigie $status\n";
}'

# Beside the loop: whether the engine answers at all, as a line `vigie 200`. It ends by itself.
vigie_ping() {
  local socket
  vigie_socket
  [[ -S $socket ]] && exec "${via[@]}" perl -e "$vigie_engine_perl" 5 "$socket" /_ping
}

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
  # An answer may be older than the event that its container is no more.
  [[ ${words[1]} =~ ^[0-9a-f]{64}$ && ! ${dead[${words[1]}]} ]] || return 0
  json=${json/#'{"name":"/'/'{"name":"'}
  milli=$((words[3] / 1000000))
  ((milli > 0 || words[4] <= 0)) || milli=$((words[4] * 1000 / (words[5] > 0 ? words[5] : 100000)))
  ((milli > 0)) && printf -v json '{"cpus":%d.%03d,%s' $((milli / 1000)) $((milli % 1000)) "${json#\{}"
  vigie_ports "${words[6]}"
  vigie_say "container {\"ports\":[$ports],${json#\{}"
  known[${words[1]}]=$asked
  vigie_place "${words[1]}" "${words[2]}" "${words[7]}"
  # With the host's own network it answers there; with another container's, or none, nobody here reaches it.
  [[ ${words[7]} == host ]] && words[8]=127.0.0.1
  vigie_pass "at ${words[1]} ${words[2]} ${words[8]}"
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
  vigie_pass "forget $1"
  unset "p_pid[$1]" "where[$1]"
}

# A whole inspection came.
vigie_answered() {
  local id
  heard_at=$now
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
  dead=()
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
      dead[$id]=1
      vigie_gone "$id"
    else
      changed[$id]=1
    fi
  done
}

# An engine that hangs says nothing by itself. Where nothing was heard of it for half a minute, it is asked whether it is
# there, which costs a hundredth of a second; where it does not say so, for one container, and how that ends says why.
vigie_listen() {
  local id ended=''
  if [[ ! ${fds[ping]} ]]; then
    ((now - heard_at < 30000)) || vigie_open ping vigie_ping
    return 0
  fi
  vigie_drain ping || ended=1
  [[ " ${lines[*]} " == *' vigie 200 '* ]] && heard_at=$now
  [[ $ended ]] || return 0
  vigie_close ping
  ((now - heard_at < 30000)) && return 0
  heard_at=$now
  for id in "${!known[@]}"; do changed[$id]=1 && break; done
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
    vigie_listen
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

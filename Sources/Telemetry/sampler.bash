vigie_frame() {
  local out line key value rest stat load total=0 available=0 swaptotal=0 swapfree=0
  local up; read -r up rest < /proc/uptime
  out="= $seq ${EPOCHREALTIME:-$(printf '%(%s)T.000000' -1)} $up"$'\n'
  mapfile -t stat < /proc/stat
  for line in "${stat[@]}"; do [[ $line == cpu* ]] || break; out+="$line"$'\n'; done
  read -r load < /proc/loadavg; out+="load $load"$'\n'
  while read -r key value rest; do
    case $key in MemTotal:) total=$value ;; MemAvailable:) available=$value ;; SwapTotal:) swaptotal=$value ;; SwapFree:) swapfree=$value; break ;; esac
  done < /proc/meminfo
  out+="mem total=$total available=$available swaptotal=$swaptotal swapfree=$swapfree"$'\n'
  while read -r key rest; do case $key in *:) case $key in lo:|veth*|docker*|br-*) ;; *) out+="net $key $rest"$'\n';; esac;; esac; done < /proc/net/dev
  local i id
  for id in "${!base[@]}"; do
    local cpu mem inactive
    read -r cpu < "/sys/fs/cgroup/cpuacct${base[$id]}/cpuacct.usage" || continue
    read -r mem < "/sys/fs/cgroup/memory${base[$id]}/memory.usage_in_bytes" || continue
    out+="c $id cpu=$cpu mem=$mem"$'\n'
  done 2>/dev/null
  printf '%s.\n' "$out"
  ((seq++))
}
vigie_inspect() {
  local f='{"id":{{json .Id}},"name":{{json .Name}},"image":{{json .Config.Image}},"project":{{json (index .Config.Labels "com.docker.compose.project")}},"service":{{json (index .Config.Labels "com.docker.compose.service")}},"dir":{{json (index .Config.Labels "com.docker.compose.project.working_dir")}},"files":{{json (index .Config.Labels "com.docker.compose.project.config_files")}},"state":{{json .State.Status}},"pid":{{json .State.Pid}},"restarts":{{json .RestartCount}},"exit":{{json .State.ExitCode}},"oom":{{json .State.OOMKilled}},"started":{{json .State.StartedAt}},"finished":{{json .State.FinishedAt}},"memory":{{json .HostConfig.Memory}},"policy":{{json .HostConfig.RestartPolicy.Name}}}'
  local line id pid
  while read -r line; do
    printf 'container %s\n' "$line"
    id=${line#*\"id\":\"}; id=${id%%\"*}; pid=${line#*\"pid\":}; pid=${pid%%[,\}]*}
    [[ $pid == 0 ]] && continue
    local g; while IFS=: read -r _ c g; do [[ $c == *memory* ]] && base[$id]=$g; done < "/proc/$pid/cgroup"
  done < <(docker ps -aq --no-trunc | xargs -r docker inspect --format "$f")
}
vigie_main() {
  local seq=0 boot host kernel order status
  declare -A base
  read -r boot < /proc/sys/kernel/random/boot_id; read -r host < /proc/sys/kernel/hostname; read -r kernel < /proc/sys/kernel/osrelease
  printf 'vigie-stream 1 token=%s host=%s boot=%s kernel=%s pid=%s cgroup=1 interval=%s\n' "$VIGIE_SAMPLER" "$host" "$boot" "$kernel" "$$" "$VIGIE_INTERVAL"
  if docker version >/dev/null 2>&1; then printf 'can docker yes\n'; vigie_inspect; else printf 'can docker no Docker does not answer\n'; fi
  while :; do
    vigie_frame
    IFS= read -r -t "$((VIGIE_INTERVAL / 1000)).$((VIGIE_INTERVAL % 1000))" order; status=$?
    ((status == 0 || status > 128)) || return 0
    [[ $order == end ]] && return 0
  done
}
vigie_main

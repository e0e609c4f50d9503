# --- PHP-FPM: its status page over FastCGI, its configuration, its processes ------------------------------------------

# The line about a pool. Where no worker takes the question, they are all busy: that is told from the processes and the
# socket, and the question stays where it is, as the only one of ours that ever waits there.
vigie_part_fpm() {
  local key="$1 fpm " ran=() why_not='' tried=0
  vigie_fpm_learn "$1"
  if [[ ${links[$1 fpm]} ]]; then
    read -r -t 0 -u "${links[$1 fpm]}" || { vigie_fpm_processes "$1" queue && return; }
    vigie_hangup "$1 fpm"
  fi
  why_not=${notes[${key}trouble]}
  if [[ ! $why_not ]]; then
    vigie_fpm_ask "$1" '' 1
    case $? in
      0) vigie_fpm_page "$1" && return ;;
      1) return ;;
      2) notes[${key}ours]=$((tried + 1)) && vigie_fpm_processes "$1" queue && return ;;
    esac
  fi
  vigie_fpm_processes "$1" processes
}

# vigie_fpm_master ID: the process that has the pool's workers, in `master`, and its words in `words`.
vigie_fpm_master() {
  local pid=${p_pid[$1]:-0} name children
  master='' words=()
  # It, or what an init or a supervisor began.
  read -r children < "/proc/$pid/task/$pid/children"
  for pid in "$pid" $children; do
    name=''
    read -r name < "/proc/$pid/comm"
    [[ $name == php*fpm* ]] || continue
    master=$pid binary=$name
    while IFS='' read -r -d '' name || [[ $name ]]; do words+=("$name"); done < "/proc/$pid/cmdline"
    return 0
  done
  return 1
}

# vigie_fpm_learn ID: what its own configuration says, once for each start of the container: `php-fpm -tt` in it.
vigie_fpm_learn() {
  local key="$1 fpm " master words binary='' file='' i line pool=0 names=() listens=() paths=() apart=() limits=() managers=() chosen=''
  ((${notes[${key}learnt]:-0} <= now)) || return 0
  vigie_fpm_master "$1"
  notes[${key}master]=$master
  [[ $binary =~ ^php[a-z0-9.-]*$ ]] || binary=php-fpm
  # Its title names the file: php-fpm: master process (/etc/php/fpm.conf)
  if [[ ${words[*]} =~ master\ process\ \((/[^\)]*)\) ]]; then
    file=(-y "${BASH_REMATCH[1]}")
  else
    file=()
    for ((i = 1; i < ${#words[@]}; ++i)); do
      case ${words[i]} in
        -y | -c | -p) file+=("${words[i]}" "${words[++i]}") ;;
        -y?* | -c?* | -p?*) file+=("${words[i]}") ;;
      esac
    done
  fi
  if ! vigie_run "$1 fpm" "${via[@]}" timeout -k 2 20 docker exec "$1" "$binary" -tt "${file[@]}"; then
    notes[${key}trouble]='its configuration is still being read; wait, or give the container more processor time'
    return 0
  fi
  for line in "${ran[@]}"; do
    line=${line#*NOTICE:}
    line=${line#"${line%%[![:space:]]*}"}
    [[ ${line#* = } == undefined ]] && continue
    case $line in
      '[global]') ;;
      # Where it logs to a terminal too, each line comes twice.
      '['*']') [[ ${names[pool]} == "${line:1:${#line}-2}" ]] || names[++pool]=${line:1:${#line}-2} ;;
      'listen = '*) listens[pool]=${line#* = } ;;
      'pm = '*) managers[pool]=${line#* = } ;;
      'pm.max_children = '*) limits[pool]=${line#* = } ;;
      'pm.status_path = '*) paths[pool]=${line#* = } ;;
      'pm.status_listen = '*) apart[pool]=${line#* = } ;;
    esac
  done
  if ((pool == 0)); then
    notes[${key}learnt]=$((now + 60000))
    notes[${key}trouble]="its configuration could not be read (${ran[0]:0:200}); try docker exec CONTAINER $binary -tt"
    [[ ${p_path[$1 fpm]} ]] && notes[${key}trouble]='' notes[${key}path]=${p_path[$1 fpm]}
    return 0
  fi
  # For as long as the container runs.
  notes[${key}learnt]=$((now + 1000000000)) notes[${key}pools]=$pool
  for ((i = pool; i > 0; --i)); do
    [[ ! $chosen || ! ${p_port[$1 fpm]} || ${listens[i]##*:} == "${p_port[$1 fpm]}" ]] && chosen=$i
  done
  notes[${key}pool]=${names[chosen]}
  [[ ${limits[chosen]} =~ ^[0-9]+$ ]] && notes[${key}limit]=${limits[chosen]}
  [[ ${managers[chosen]} =~ ^[a-z]+$ ]] && notes[${key}manager]=${managers[chosen]}
  notes[${key}path]=${p_path[$1 fpm]:-${paths[chosen]}} notes[${key}listen]=${listens[chosen]##*:} notes[${key}trouble]=''
  if [[ ! ${notes[${key}path]} ]]; then
    notes[${key}trouble]="its status page is off; in the pool's configuration: pm.status_path = /fpm-status, and then reload PHP-FPM"
  elif vigie_fpm_reaches "$1" "${apart[chosen]}"; then
    notes[${key}port]=${apart[chosen]##*:} notes[${key}apart]=1
  elif vigie_fpm_reaches "$1" "${listens[chosen]}"; then
    notes[${key}port]=${p_port[$1 fpm]:-${listens[chosen]##*:}}
  else
    notes[${key}trouble]="its pool listens at ${listens[chosen]}, where the host does not reach it; "\
'in the pool'\''s configuration: pm.status_listen = 9001, and then restart the container'
  fi
}

# vigie_fpm_reaches ID LISTEN: whether an address that the pool listens at is seen from the host.
vigie_fpm_reaches() {
  [[ ${2##*:} =~ ^[0-9]+$ ]] || return 1
  [[ $2 != 127.* && $2 != '[::1]'* && $2 != localhost:* || ${p_address[$1 fpm]} == 127.* ]]
}

# vigie_fpm_processes ID SOURCE: counts the pool's workers; where the question waits they are all busy.
vigie_fpm_processes() {
  local key="$1 fpm " pid total=0 said='' children='' name master=${notes[$1 fpm master]}
  [[ $master ]] && read -r children < "/proc/$master/task/$master/children"
  for pid in $children; do
    if ((${notes[${key}pools]:-1} > 1)); then
      IFS='' read -r -d '' name < "/proc/$pid/cmdline"
      [[ $name == *"pool ${notes[${key}pool]}"* ]] || continue
    fi
    ((++total))
  done
  if [[ ! $master ]] || { [[ $2 == queue ]] && ((total == 0)); }; then
    [[ $2 == queue ]] && return 1
    vigie_error "$1" fpm "${why_not:-it answers nothing, and its processes are not found; see the log of the container}"
    return 0
  fi
  vigie_escape "${notes[${key}pool]}" && [[ $escaped ]] && said+=" pool=$escaped"
  [[ ${notes[${key}manager]} ]] && said+=" process-manager=${notes[${key}manager]}"
  said+=" total=$total"
  [[ ${notes[${key}limit]} ]] && said+=" limit=${notes[${key}limit]}"
  if [[ $2 == queue ]]; then
    said+=" active=$total idle=0"
    vigie_fpm_queue "$master" "${notes[${key}listen]:-${p_port[$1 fpm]:-9000}}" && ((queue -= ${notes[${key}ours]:-1}, 1)) &&
      said+=" queue=$((queue > 0 ? queue : 0))"
  fi
  vigie_escape "${why_not:0:400}"
  vigie_say "part $1 fpm$said source=$2${escaped:+ why=$escaped}"
}

# vigie_fpm_queue PID PORT: connections that no worker has taken yet, in `queue`: what the kernel says of
# the listening socket, in the container's network. Listening sockets come first in those files.
vigie_fpm_queue() {
  local file port place state sizes
  printf -v port '%04X' "$2"
  for file in tcp tcp6; do
    while read -r _ place _ state sizes _; do
      [[ $state == st ]] && continue
      [[ $state == 0A ]] || break
      [[ $place == *":$port" ]] || continue
      queue=$((16#${sizes#*:}))
      return 0
    done < "/proc/$1/net/$file"
  done
  return 1
}

# --- Nginx and Apache, by their status pages; Memcached ---------------------------------------------------------------

# vigie_http ID KIND PORT PATH: a question over HTTP/1.0: its status in `http`, the body's lines in `ran`; otherwise says
# why not, and fails.
vigie_http() {
  local fd fresh bytes question
  http='' ran=()
  vigie_link "$1" "$2" "$3" || return 1
  # As one word, because bash writes each line of a format by itself.
  printf -v question 'GET %s HTTP/1.0\r\nHost: localhost\r\nUser-Agent: vigie\r\nConnection: close\r\n\r\n' "${4// /%20}"
  printf %s "$question" >&"$fd"
  if vigie_gulp "$1 $2" "$fd" 2 && [[ $bytes =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]]; then
    http=${BASH_REMATCH[1]}
    vigie_split "${bytes#*$'\r\n\r\n'}"
  fi
  vigie_hangup "$1 $2"
  [[ $http ]] && return 0
  vigie_error "$1" "$2" "it listens, but does not answer HTTP within 2 seconds; see the container's log, and name the port in the fleet file"
  return 1
}

# vigie_page ID KIND PORT FIRST PATH…: finds which of the paths has the status page, whose text begins with FIRST, and
# remembers it; its lines are in `ran`. Otherwise says why not, and fails.
vigie_page() {
  local key="$1 $2 path" path refused=''
  for path in "${notes[$1 $2 path]:-${p_path[$1 $2]}}" "${@:5}"; do
    [[ $path ]] || continue
    vigie_http "$1" "$2" "$3" "$path" || return 1
    if [[ $http == 200 && ${ran[0]} == "$4"* ]]; then
      notes[$key]=$path
      return 0
    fi
    [[ $http == 40[13] && ! $refused ]] && refused="$path answers $http"
    # What was ordered is not guessed at.
    [[ ${p_path[$1 $2]} || ${notes[$key]} ]] && break
  done
  unset "notes[$key]"
  if [[ $2 == nginx ]]; then
    path=${p_path[$1 $2]:-/nginx-status}
    vigie_wait "$1" "$2" "${refused:-it has no status page (${p_path[$1 $2]:-none of the usual paths} answers $http)};" \
      "in its server block: location = $path { stub_status; allow 127.0.0.1; allow 172.16.0.0/12; deny all; } and then: nginx -s reload"
  else
    path=${p_path[$1 $2]:-/server-status}
    vigie_wait "$1" "$2" "${refused:-it has no status page ($path answers $http)};" \
      "in its configuration: <Location $path> SetHandler server-status, Require ip 127.0.0.1 172.16.0.0/12 </Location> and then: apachectl graceful"
  fi
  return 1
}

# The sampler's own request is one of the active, and one of those that are written to: it is left out.
vigie_part_nginx() {
  local line words said=''
  vigie_page "$1" nginx 80 'Active connections:' /nginx-status /nginx_status /stub_status /basic_status /status || return 0
  for line in "${ran[@]}"; do
    # shellcheck disable=SC2206
    words=($line)
    case $line in
      'Active connections: '[0-9]*) said+=" active=$((words[2] > 0 ? words[2] - 1 : 0))" ;;
      ' '[0-9]*) said+=" accepts=${words[0]} handled=${words[1]} requests=${words[2]}" ;;
      'Reading: '[0-9]*) said+=" reading=${words[1]} writing=$((words[3] > 0 ? words[3] - 1 : 0)) waiting=${words[5]}" ;;
    esac
  done
  vigie_say "part $1 nginx$said"
}

vigie_part_apache() {
  local line said='' path
  path=${p_path[$1 apache]:-/server-status}
  [[ $path == *\?auto ]] || p_path[$1 apache]="$path?auto"
  vigie_page "$1" apache 80 '' || return 0
  for line in "${ran[@]}"; do
    [[ ${line#*: } =~ ^[0-9]+$ ]] || continue
    case $line in
      'BusyWorkers: '*) line=${line#*: } && said+=" busy=$((line > 0 ? line - 1 : 0))" ;;
      'IdleWorkers: '*) said+=" idle=${line#*: }" ;;
      'Total Accesses: '*) said+=" requests=${line#*: }" ;;
      'ServerUptimeSeconds: '*) said+=" uptime=${line#*: }" ;;
    esac
  done
  if [[ $said ]]; then
    vigie_say "part $1 apache$said"
  else
    vigie_error "$1" apache "what $path answers is not Apache's status; load mod_status, and name its path in the fleet file"
  fi
}

vigie_part_memcached() {
  local fd fresh line answer
  while vigie_link "$1" memcached 11211; do
    answer=''
    if { [[ ! $fresh ]] || vigie_memcached_login "$1"; } && printf 'stats\r\n' >&"$fd"; then
      vigie_memcached_stats "$1" && return
    fi
    vigie_hangup "$1 memcached"
    [[ $fresh ]] || continue
    case $answer in
      said) ;;
      *unauthenticated* | *'authentication'*)
        vigie_error "$1" memcached "it asks for a password; give its user and secret in the fleet file for this service," \
          "or start it without -Y on a network of its own"
        ;;
      *) vigie_error "$1" memcached "it answers stats with ${answer:-nothing within 2 seconds}; see the container's log" ;;
    esac
    return
  done
}

vigie_memcached_login() {
  local secret=''
  [[ ${p_secret[$1 memcached]} ]] || return 0
  vigie_secret "$1" memcached || { answer=said && return 1; }
  secret="${p_user[$1 memcached]} $secret"
  printf 'set vigie 0 0 %d\r\n%s\r\n' "${#secret}" "$secret" >&"$fd" && IFS='' read -r -t 2 -u "$fd" answer
  [[ $answer == STORED* || $answer == ERROR* ]]
}

vigie_memcached_stats() {
  local line began=$SECONDS commands='' expired='' said='' name value words within=(-t 2)
  while ((SECONDS - began < 2)) && read -r "${within[@]}" -u "$fd" line; do
    [[ $said ]] || vigie_within "$1 memcached" 2
    # shellcheck disable=SC2206
    words=(${line%$'\r'})
    name=${words[1]} value=${words[2]}
    if [[ ${words[0]} == END ]]; then
      notes[$1 memcached whole]=1
      vigie_say "part $1 memcached$said${commands:+ commands=$commands}${expired:+ expired=$expired}"
      return 0
    elif [[ ${words[0]} != STAT ]]; then
      answer=${line%$'\r'}
      return 1
    fi
    case $name in
      version) vigie_escape "$value" && said+=" version=$escaped" && continue ;;
    esac
    [[ $value =~ ^[0-9]+$ ]] || continue
    case $name in
      uptime) said+=" uptime=$value" ;;
      get_hits) said+=" hits=$value" ;;
      get_misses) said+=" misses=$value" ;;
      cmd_*) ((commands += value)) ;;
      evictions) said+=" evicted=$value" ;;
      reclaimed | crawler_reclaimed) ((expired += value)) ;;
      bytes) said+=" used=$value" ;;
      limit_maxbytes) said+=" max=$value" ;;
      curr_items) said+=" keys=$value" ;;
      curr_connections) said+=" clients=$value" ;;
    esac
  done
  return 1
}

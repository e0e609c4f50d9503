# --- Redis, Valkey, KeyDB ---------------------------------------------------------------------------------------------

vigie_part_redis() {
  local fd fresh why_not=''
  while vigie_link "$1" redis 6379; do
    if { [[ ! $fresh ]] || vigie_redis_login "$1" redis; } && vigie_info "$1"; then return; fi
    vigie_hangup "$1 redis"
    # An old connection may have ended with its Redis; a new one says how it is.
    [[ $fresh ]] || continue
    [[ $why_not == said ]] ||
      vigie_error "$1" redis "${why_not:-no answer from ${p_address[$1 redis]} within 2 seconds; see the log of the container}"
    return
  done
}

# vigie_redis_login ID: on the new connection `fd`, where a secret was ordered. Lengths are in bytes.
vigie_redis_login() {
  local line secret='' user=${p_user[$1 redis]}
  [[ ${p_secret[$1 redis]} ]] || return 0
  vigie_secret "$1" redis || { why_not=said && return 1; }
  # shellcheck disable=SC2016 # Lengths begin with a dollar.
  if [[ $user ]]; then
    printf '*3\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n' "${#user}" "$user" "${#secret}" "$secret" >&"$fd"
  else
    printf '*2\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n' "${#secret}" "$secret" >&"$fd"
  fi
  read -r -t 2 -u "$fd" line || return 1
  case $line in
    # It wants none: INFO will say how it is.
    +OK* | *'no password is set'* | *'without any password configured'*) return 0 ;;
    -WRONGPASS* | *'invalid password'*)
      why_not="it refuses the password${user:+ of the user $user} (WRONGPASS); correct the secret that the fleet file names, "\
'or give that user this password with ACL SETUSER'
      ;;
    *) vigie_redis_refuses "$line" AUTH ;;
  esac
  return 1
}

# vigie_redis_refuses LINE COMMAND: why, and the two lines that would change it, in `why_not`.
vigie_redis_refuses() {
  case $1 in
    -NOAUTH*)
      why_not='it asks for a password (NOAUTH); in redis.conf: user vigie on >PASSWORD +info +slowlog|get, '\
'and in the fleet file the user vigie and its secret for this service'
      ;;
    -NOPERM*)
      why_not="its user may not run $2 (NOPERM); in redis.conf, or with ACL SETUSER, add: +info +slowlog|get, "\
'or name another user and its secret in the fleet file for this service'
      ;;
    -LOADING*) why_not='it is loading its data; wait, or see the container'\''s log' ;;
    *) why_not="it answers $2 with ${1:0:200}; try redis-cli $2 in the container" ;;
  esac
}

# vigie_wanted LINE: takes a line of INFO into `wanted` where it is of use.
vigie_wanted() {
  case $1 in
    run_id:* | redis_version:* | valkey_version:* | uptime_in_seconds:* | keyspace_hits:* | keyspace_misses:* | \
      total_commands_processed:* | evicted_keys:* | expired_keys:* | used_memory:* | maxmemory:* | maxmemory_policy:* | \
      connected_clients:* | blocked_clients:* | mem_fragmentation_ratio:* | rdb_last_bgsave_status:* | \
      rdb_last_save_time:* | role:* | master_link_status:* | master_last_io_seconds_ago:* | slave0:* | \
      aof_last_write_status:* | db[0-9]*:keys=*) wanted+=" ${1// /}" ;;
    *) return 1 ;;
  esac
}

# vigie_info ID: asks on `fd`; fails where the connection is of no more use.
vigie_info() {
  local line word words body found='' wanted='' key="$1 redis " within IFS=$'\r\n'
  printf 'INFO\r\n' >&"$fd" && read -r -t 2 -u "$fd" line || return 1
  if [[ $line != '$'* ]]; then
    vigie_redis_refuses "$line" INFO
    return 1
  fi
  line=${line//[!0-9]/}
  vigie_within "$1 redis" 2
  ((line > 0 && line < 65536)) && IFS='' read -r "${within[@]}" -N $((line + 2)) -u "$fd" body || return 1
  notes[${key}whole]=1
  # shellcheck disable=SC2206
  words=($body)
  # Looking for the lines costs most; they stay where they are while there are as many.
  [[ ${notes[${key}count]} == "${#words[@]}" ]] && found=${notes[${key}places]}
  for word in $found; do
    vigie_wanted "${words[word]}" || { found='' && break; }
  done
  if [[ ! $found ]]; then
    wanted='' notes[${key}count]=${#words[@]} notes[${key}places]=''
    for word in "${!words[@]}"; do vigie_wanted "${words[word]}" && notes[${key}places]+=$word$'\n'; done
  fi
  vigie_say "redis $1$wanted"
}

# The twenty slowest commands of late: SLOWLOG GET 20, read as RESP, each in a line: when, how long, what.
vigie_tell_slowlog() {
  local fd fresh why_not='' at=0 bytes='' token='' entries args words clock took text any=''
  local -A nulls=()
  vigie_link "$1" redis 6379 || return
  vigie_redis_login "$1" || { [[ $why_not == said ]] || vigie_say "${why_not:-it does not answer}"; return; }
  # It closes after that, so that all of the answer has come.
  printf 'SLOWLOG GET 20\r\nQUIT\r\n' >&"$fd"
  vigie_swallow "$fd" 5
  if [[ $bytes == -* ]]; then
    vigie_redis_refuses "${bytes%%$'\r'*}" 'SLOWLOG GET'
    vigie_say "$why_not"
    return
  fi
  vigie_resp && entries=${token#\*}
  [[ $entries =~ ^[0-9]+$ ]] || { vigie_say 'it does not answer SLOWLOG GET; see the container'\''s log' && return; }
  while ((entries-- > 0)); do
    vigie_resp && args=${token#\*}
    vigie_resp && vigie_resp && clock=$token
    vigie_resp && took=$token
    [[ $args =~ ^[0-9]+$ && $clock =~ ^[0-9]{1,12}$ && $took =~ ^[0-9]{1,15}$ ]] || break
    vigie_resp && words=${token#\*} text=''
    [[ $words =~ ^[0-9]+$ ]] || break
    while ((words-- > 0)) && vigie_resp; do text+=" ${token:0:100}"; done
    # The client's address and name, where it tells them.
    while ((args-- > 4)) && vigie_resp; do :; done
    text=${text//[[:cntrl:]]/?}
    printf -v text '%(%F %T)T  %6d.%03d ms %s' "$clock" $((took / 1000)) $((took % 1000)) "${text:0:300}"
    vigie_say "$text"
    any=1
  done
  [[ $any ]] || vigie_say 'no command was slow'
}

# The next value of the answer in `bytes`, in `token`; of an array its length, with the star.
vigie_resp() {
  local line=${bytes:at:64}
  [[ $line == *$'\r\n'* ]] || return 1
  line=${line%%$'\r\n'*}
  ((at += ${#line} + 2))
  case $line in
    '$'[0-9]*)
      [[ ${line#?} =~ ^[0-9]{1,6}$ ]] || return 1
      token=${bytes:at:${line#?}}
      ((at += ${line#?} + 2))
      ;;
    '*'*) token=$line ;;
    *) token=${line#?} ;;
  esac
}

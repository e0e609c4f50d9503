# --- Redis ------------------------------------------------------------------------------------------------------------

# vigie_cache ID PID JSON ADDRESS: notes whether the container is a Redis that can be asked, and where.
vigie_cache() {
  local image=${3#*'"image":"'} address=''
  image=${image%%\"*}
  image=${image##*/}
  case ${image%%[:@]*} in
    # What watches a Redis is none.
    *exporter* | *commander* | *insight*) ;;
    *redis* | *valkey* | *keydb*)
      (($2 > 0)) && address=$4
      (($2 > 0)) && [[ ! $4 ]] &&
        vigie_say "redis $1 error it has no address that the host reaches; give it a network of its own in the Compose file"
      ;;
  esac
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

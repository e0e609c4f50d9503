# --- The parts of the stack: what is asked, and the child that asks ---------------------------------------------------
#
# A kind is a function `vigie_part_KIND ID`: it says exactly one line about that part, takes two seconds at most, and
# forks nothing where a socket will do. A question on demand is `vigie_tell_WHAT ID`: it says plain lines of text.
# Both find what was ordered in p_port, p_path, p_user, p_secret, p_address (keyed "ID KIND") and p_pid (keyed ID), and
# use link.bash. What a kind wants to know the next time it keeps in notes["ID KIND name"]: that is dropped when the
# container starts again. An open connection may stay in links["ID KIND"].

# vigie_part_order LINE: takes ask, forget, parts, tell and at; fails where it is none of them, or makes no sense.
vigie_part_order() {
  local words id kind part key value
  ((${#1} <= 2000)) || return 1
  # shellcheck disable=SC2206
  words=($1)
  id=${words[1]} kind=${words[2]} part="$id $kind"
  case ${words[0]} in
    parts)
      [[ $id =~ ^[0-9]{4,8}$ ]] || return 1
      parts_interval=$((10#$id))
      for key in "${!due[@]}"; do vigie_due "$key"; done
      return 0
      ;;
    tell)
      [[ $id =~ ^(-|[0-9a-f]{64})$ && $kind =~ ^[a-z]{1,20}$ ]] || return 1
      vigie_tell "$id" "$kind"
      return 0
      ;;
  esac
  [[ $id =~ ^[0-9a-f]{64}$ ]] || return 1
  case ${words[0]} in
    forget) vigie_forget "$id" ;;
    at) vigie_at "$id" "$kind" "${words[3]}" ;;
    ask)
      [[ $kind =~ ^[a-z]{1,20}$ ]] && ((${#asks[@]} < 200)) || return 1
      declare -F "vigie_part_$kind" > /dev/null || return 1
      vigie_drop "$part"
      asks[$part]=$((++asks_made))
      for value in "${words[@]:3}"; do
        key=${value%%=*}
        vigie_unescape "${value#*=}"
        [[ $unescaped == *[[:cntrl:]]* ]] && continue
        case $key in
          port) [[ $unescaped =~ ^[1-9][0-9]{0,4}$ ]] && ((unescaped < 65536)) && p_port[$part]=$unescaped ;;
          path) [[ $unescaped == /* ]] && p_path[$part]=$unescaped ;;
          user) p_user[$part]=$unescaped ;;
          secret) [[ $unescaped =~ ^(file:/|variable:[A-Za-z_][A-Za-z0-9_]*$) ]] && p_secret[$part]=$unescaped ;;
        esac
      done
      p_address[$part]=${where[$id]}
      vigie_due "$part"
      ;;
    *) return 1 ;;
  esac
}

# vigie_fresh PART: forgets what was found out about a part.
vigie_fresh() {
  local key
  vigie_hangup "$1"
  vigie_close "run $1"
  for key in "${!notes[@]}"; do [[ $key == "$1 "* ]] && unset "notes[$key]"; done
  unset "proven[$1]" "blocked[$1]" "why[$1]" "spoken[run $1]"
}

# vigie_drop PART: all that is kept of one part.
vigie_drop() {
  vigie_fresh "$1"
  unset "asks[$1]" "due[$1]" "secrets[$1]"
  unset "p_port[$1]" "p_path[$1]" "p_user[$1]" "p_secret[$1]" "p_address[$1]"
}

vigie_forget() {
  local part
  for part in "${!asks[@]}"; do [[ $part == "$1 "* ]] && vigie_drop "$part"; done
  [[ $asking ]] && unset "p_pid[$1]" "where[$1]"
  return 0
}

# vigie_at ID PID ADDRESS: where a container is since it started; PID 0 while it does not run, no ADDRESS where none is known.
vigie_at() {
  local part address=$3 any=1
  [[ $2 =~ ^[0-9]+$ ]] || return 1
  [[ $address =~ ^[0-9]+(\.[0-9]+){3}$ ]] || address=''
  [[ ${p_pid[$1]} == "$2" && ${where[$1]} == "$address" ]] && return 1
  p_pid[$1]=$2 where[$1]=$address
  for part in "${!asks[@]}"; do
    [[ $part == "$1 "* ]] || continue
    vigie_fresh "$part"
    p_address[$part]=$address any=0
    vigie_due "$part"
  done
  # Nothing that the child must know where none of it is asked.
  [[ $asking ]] || return "$any"
}

# vigie_due PART: in the child that asks, the part is asked at once, and then at each beat.
vigie_due() {
  [[ $asking ]] || return 0
  unset "due[$1]"
  ((${p_pid[${1% *}]:-0} > 0)) || return 0
  due[$1]=$now
}

# The child: asks each part when it is due, and takes the same orders, on a pipe that ends with the sampler.
vigie_questions() {
  local part next wait time word='' half='' status
  fds=() pids=() tails=() asking=1
  trap '' PIPE
  trap 'kill "${pids[@]}"' EXIT
  trap 'exit 0' HUP INT TERM
  exec {life}<> <(:)
  vigie_say() { vigie_parcel "$@" || exit 0; }
  vigie_clock
  for part in "${!asks[@]}"; do vigie_due "$part"; done
  while :; do
    vigie_clock
    part='' wait=10000
    for next in "${!due[@]}"; do
      ((${due[$next]} - now < wait)) && wait=$((${due[$next]} - now)) part=$next
    done
    ((wait > 0)) || wait=0
    # What is waiting comes first: an order may change who is asked.
    if ((wait > 0)) || read -r -t 0; then
      ((wait > 0)) || wait=100
      printf -v time '%d.%03d' $((wait / 1000)) $((wait % 1000))
      status=0
      IFS='' read -r -t "$time" word || status=$?
      half+=$word
      ((status == 0 || status > 128)) || exit 0
      if ((status == 0)); then
        vigie_clock
        vigie_part_order "$half"
        half=''
        continue
      elif [[ ! $part ]]; then
        # A sign of life.
        vigie_say ''
        continue
      fi
      vigie_clock
      ((${due[$part]} <= now)) || continue
    fi
    # All at one beat, one after the other: to wake for each costs about half as much as a question.
    due[$part]=$(((now + parts_interval * 3 / 2) / parts_interval * parts_interval))
    if ((${blocked[$part]:-0} > now)); then
      vigie_error "${part% *}" "${part#* }" "${why[$part]}"
    else
      "vigie_part_${part#* }" "${part% *}"
    fi
  done
}

# In the loop: keeps the child, and passes on what it says.
vigie_parts() {
  local parcel text='' status=0
  if [[ ${fds[parts]} ]]; then
    while vigie_take parts || { status=$? && false; }; do
      parts_heard=$now
      [[ $parcel == 'redis '* ]] && vigie_can redis yes
      [[ $parcel == $'\n' ]] || text+=$parcel
    done
    [[ $text ]] && vigie_say "${text%$'\n'}"
    ((status == 2)) && vigie_close parts
    # It hangs in a connection, or must ask another way; a new one has what was ordered.
    ((now - parts_heard > 15000)) && parts_hung=1
    if ((now - parts_heard > 15000 || ! ${#asks[@]})) || [[ ${via[*]} != "$parts_via" ]]; then vigie_close parts; fi
  fi
  if [[ ! ${fds[parts]} ]] && ((${#asks[@]} && now >= parts_at)); then
    parts_at=$((now + 1000)) parts_heard=$now parts_via=${via[*]}
    [[ $talk ]] && exec {talk}>&-
    exec {talk}<> <(:)
    vigie_open parts vigie_questions
  fi
  vigie_tells
}

# vigie_pass LINE: an order for the loop's own state, and for the child's; what is nonsense is ignored.
vigie_pass() {
  local id=${1#* }
  id=${id%% *}
  vigie_part_order "$1" && [[ ${fds[parts]} ]] || return 0
  case $1 in
    'tell '*) ;;
    'ask '*) printf '%s\n' "at $id ${p_pid[$id]:-0} ${where[$id]}" "$1" >&"$talk" ;;
    *) printf '%s\n' "$1" >&"$talk" ;;
  esac
}

# vigie_tell ID WHAT: begins an answer on demand, in a child of its own; one at a time for the same question.
vigie_tell() {
  [[ ${tells[$1 $2]} ]] && return 0
  if ! declare -F "vigie_tell_$2" > /dev/null || ((${#tells[@]} >= 8)); then
    vigie_say "answer $1 $2 this sampler does not know how to tell that, or tells too much already; try again" "answer-end $1 $2"
    return 0
  fi
  tells[$1 $2]=$((now + 10000)) told[$1 $2]=0
  vigie_open "tell $1 $2" vigie_telling "$1" "$2"
}

vigie_telling() {
  fds=() pids=() tails=() telling=1
  trap '' PIPE
  trap 'kill "${pids[@]}"' EXIT
  trap 'exit 0' HUP INT TERM
  exec {life}<> <(:)
  vigie_clock
  "vigie_tell_$2" "$1"
}

vigie_tells() {
  local name line ended text
  for name in "${!tells[@]}"; do
    ended='' text=''
    vigie_drain "tell $name" || ended=1
    for line in "${lines[@]}"; do
      ((told[$name]++ < 200)) && text+="answer $name ${line:0:2000}"$'\n'
    done
    if [[ ! $ended ]] && ((now >= ${tells[$name]})); then
      ended=1 text+="answer $name it took more than ten seconds, and was ended"$'\n'
    fi
    [[ $ended ]] && vigie_close "tell $name" && unset "tells[$name]" "told[$name]" && text+="answer-end $name"$'\n'
    [[ $text ]] && vigie_say "${text%$'\n'}"
  done
}

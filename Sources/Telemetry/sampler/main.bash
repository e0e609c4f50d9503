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
    'ask '* | 'forget '* | 'parts '* | 'tell '*) vigie_pass "$1" ;;
  esac
  return 0
}

# Sleeps until there is something to do, or an order comes; the end of the orders is the end of the sampler.
vigie_sleep() {
  local pause=1000 left word status name time
  [[ ${fds[inspect]}${tells[*]} ]] && pause=50
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
    for name in "${!fds[@]}"; do
      read -r -t 0 -u "${fds[$name]}" || continue
      # The parts answer one by one: that is passed on without a look at all the rest.
      [[ $name == parts ]] || return 0
      vigie_clock
      vigie_parts
      ((left = next - now < left ? next - now : left, 1))
    done
  done
}

vigie_main() {
  local boot host kernel works=''
  exec 2> /dev/null
  read -r boot < /proc/sys/kernel/random/boot_id
  read -r host < /proc/sys/kernel/hostname
  read -r kernel < /proc/sys/kernel/osrelease
  interval=2000
  [[ $VIGIE_INTERVAL =~ ^[0-9]{3,8}$ ]] && interval=$((10#$VIGIE_INTERVAL))
  vigie_mounts
  vigie_say "vigie-stream 1 token=$VIGIE_SAMPLER host=$host boot=$boot kernel=$kernel pid=$$ uid=$EUID cgroup=$cgroup interval=$interval"
  trap 'kill "${pids[@]}"' EXIT
  trap 'exit 0' HUP INT PIPE TERM
  vigie_learn
  vigie_clock
  next=$now df_at=$now ask_at=$now began=$now
  while :; do
    vigie_clock
    if ((now >= next)); then
      vigie_frame
      ((next += interval, next > now)) || next=$((now + interval))
    fi
    if [[ ! $life ]]; then
      # A pipe that nobody writes to: it ends for the programs on the leash when the sampler ends, however it does.
      exec {life}<> <(:)
      # Not as a command of its own: once it has waited for one, bash looks after its jobs at each turn of each loop.
      read -r works < <(setpriv --pdeathsig TERM echo yes)
      [[ $works ]] && leash=(setpriv --pdeathsig TERM)
      ((${#leash[@]})) || leash=(bash -c "$vigie_keeper" vigie)
      vigie_reap
    fi
    vigie_engine
    # The kernel names containers by identifiers, which mean something once they are known.
    [[ $followed ]] || { [[ $engine == unknown ]] && ((now - began < 3000)); } || vigie_follow
    vigie_parts
    vigie_journal
    vigie_filesystems
    vigie_sleep
  done
}
vigie_main

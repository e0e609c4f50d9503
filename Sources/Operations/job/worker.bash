# --- The worker -------------------------------------------------------------------------------------------------------

# vigie_note TEXT: a line in the host's own journal, which is not waited for.
vigie_note() {
  local text="${who:-somebody} $1 job $id: $title"
  type -P logger > /dev/null || return 0
  ( vigie_let_go && exec timeout 10 logger -t vigie -- "${text//[[:cntrl:]]/?}" ) > /dev/null &
}

# The look's first line, in `seen`; fails where the look does. In `silent` whether it did not end in its time.
vigie_look() {
  local reader writer status took stop='' fd
  seen=''
  vigie_pipe && fd=$reader
  vigie_run 10 "$look" '' 2 "$writer" -n -e '1{s/\x00//g; s/\r$//; p; q}'
  vigie_shut "$writer"
  IFS='' read -r -t 1 -u "$fd" seen
  vigie_shut "$fd"
  silent=''
  [[ $stop == late ]] && silent=1
  [[ $status == 0 && ! $stop ]]
}

# vigie_after SECONDS: says how it is now, at the latest after so long; in `wanted` whether as it should be.
vigie_after() {
  local until found silent
  vigie_clock
  until=$((now + $1 * 1000))
  while :; do
    vigie_look
    found=$?
    wanted=-
    [[ $want ]] || break
    wanted=no
    # shellcheck disable=SC2053
    [[ $found == 0 && $seen == $want ]] && wanted=yes && break
    vigie_clock
    [[ $cancelled$gone ]] || ((now >= until)) && break
    vigie_rest 1
  done
  [[ $silent ]] && vigie_say silent
  [[ $wanted == - && $found != 0 ]] || vigie_say "after $wanted $seen"
}

# All steps, each after the one before it ended well; how it came out in `outcome`.
vigie_steps() {
  local number status took stop
  for number in "${!s_command[@]}"; do
    [[ $cancelled ]] && outcome=cancelled && return
    vigie_say "begin $number"
    ran=1
    # shellcheck disable=SC2016
    if ! vigie_run "${s_limit[number]}" "${s_command[number]}" "${s_input[number]}" 1 "$log" \
      -e "2001{s/.*/cut $number/;q}" -e 's/\x00//g; s/\r$//' -e "s/^/out $number /"; then
      torn=$'\n'
      vigie_say "cut $number"
    fi
    [[ $stop == late ]] && status=late
    vigie_say "ended $number $status $took"
    [[ $stop ]] && outcome=$stop && return
    [[ $status == 0 ]] || { outcome=failed && return; }
  done
}

vigie_work() {
  local outcome='done' ran='' line='' wanted='' seen='' silent='' info='' locks=()
  place=$VIGIE_PLACE
  unset VIGIE_PLACE
  vigie_own 9
  exec {log}>> "$place/log" {ear}<> "$place/orders" || exit 1
  vigie_own "$log" "$ear"
  while IFS='' read -r line && [[ $line != run ]]; do vigie_order "$line"; done
  exec 0< /dev/null
  if [[ $line != run ]]; then
    vigie_say 'refused the connection was lost before all was said; try again'
    outcome=refused
  elif ! vigie_lock; then
    outcome=refused
  else
    vigie_note began
    if [[ $look ]] && vigie_look; then
      vigie_say "before $seen"
    elif [[ $silent ]]; then
      vigie_say silent
      # Who does not answer a question would do what it is asked at a time that nobody knows.
      [[ $needed ]] && outcome=refused
    fi
    [[ $outcome == refused ]] || vigie_steps
    cancelled=''
    if [[ $look && $ran ]]; then
      [[ $outcome == 'done' ]] || patience=0
      vigie_after "$patience"
      [[ $outcome == 'done' && $wanted == no ]] && outcome=failed
    fi
    vigie_note "ended ($outcome)"
    # Before the last line, so that whoever reads it finds the lock free.
    vigie_unlock
  fi
  vigie_say "end $outcome"
  rm -f -- "$place/orders" "$place/room"
  vigie_tidy
}

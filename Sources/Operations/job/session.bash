# --- The session ------------------------------------------------------------------------------------------------------

# vigie_refuse REASON; CURE: nothing was run.
vigie_refuse() {
  vigie_say "refused $1"
  vigie_say 'end refused'
  exit 0
}

# Begins the worker, which learns all that it needs from a pipe: nothing of it is on a command line or on a disk.
vigie_begin() {
  local reader writer
  vigie_find && vigie_refuse "the job $id was begun before; attach to it"
  vigie_settle ||
    vigie_refuse "${bases[*]}: no log can be written to any of them; free some space, or see that they are as usual (mode 1777)"
  vigie_pipe
  exec 9< "$place/log" && flock -w 5 -x 9
  # shellcheck disable=SC2154 # `s` is this script, which was read into it.
  VIGIE_PLACE=$place setsid bash --noprofile --norc -c "IFS= read -rN ${#s} s; eval \"\$s\"" \
    0<&"$reader" > /dev/null {reader}>&- {writer}>&- &
  exec 9<&- {reader}>&-
  trap '' PIPE
  printf '%s' "$s" >&"$writer" && printf '%s\n' "${orders[@]}" run >&"$writer"
  trap - PIPE
  exec {writer}>&-
}

# vigie_follow FROM: the log's lines, until its last one or until nobody writes it any more.
vigie_follow() {
  local from=$1 number=0 quiet=20 dead='' line status tail='' reader fifo=''
  exec {reader}< "$place/log"
  vigie_own "$reader"
  [[ -p $place/orders ]] && exec {fifo}<> "$place/orders" && vigie_own "$fifo"
  while :; do
    while status=0 && { IFS='' read -r -u "$reader" line || status=$?; tail+=$line; ((status == 0)); }; do
      ((number++ < from)) || vigie_say "$tail"
      [[ $tail == 'end '* ]] && exit 0
      tail='' quiet=0
    done
    [[ $dead ]] && break
    # Asked for seldom, because it costs a process. What it wrote last comes before the verdict.
    if ((++quiet > 20)); then
      quiet=0
      vigie_lives "$place" || { dead=1 && continue; }
    fi
    vigie_rest 0.1
    [[ $gone ]] && exit 0
    [[ $cancelled && $fifo ]] && printf 'cancel\n' >&"$fifo"
    cancelled=''
  done
  line=''
  read -r line < "$place/boot"
  if [[ $line == "$boot" ]]; then vigie_say 'interrupted same'; else vigie_say 'interrupted other'; fi
  [[ $look ]] && vigie_after "$patience"
  [[ $gone ]] || vigie_say 'end interrupted'
  exit 0
}

vigie_session() {
  local line program escaped
  vigie_escape "$id" && line=$escaped
  vigie_escape "$(id -un || printf '%s' "$EUID")"
  vigie_say "vigie-job 1 id=$line user=$escaped boot=$boot"
  [[ $id =~ ^[a-z0-9-]{1,64}$ ]] || vigie_refuse 'its number is none; give it lower-case letters, digits and hyphens'
  for program in setsid flock sed; do
    type -P "$program" > /dev/null || vigie_refuse "$program is not there; install the host's package util-linux (or sed)"
  done
  while IFS='' read -r line; do
    case $line in
      run) vigie_begin && vigie_follow 0 ;;
      'attach '*)
        [[ ${line#attach } =~ ^[0-9]{1,9}$ ]] || continue
        if vigie_find; then vigie_follow $((10#${line#attach })); fi
        vigie_say unknown
        vigie_say 'end unknown'
        exit 0
        ;;
      'who '* | 'title '* | 'lock '* | 'look '* | 'want '* | 'step '*)
        orders+=("$line")
        # Of use here as well, should the worker be lost.
        [[ $line == 'look '* || $line == 'want '* ]] && vigie_order "$line"
        ;;
    esac
  done
}

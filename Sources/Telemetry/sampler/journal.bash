# --- The journal and the file systems ---------------------------------------------------------------------------------

# What came before is told too, as much as goes with a few samples: whoever opens a console in the midst of trouble wants
# to know how it began.
vigie_follow() {
  local file readable='' past=100
  [[ $followed ]] && past=0
  followed=1
  set +f
  for file in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do [[ -r $file ]] && readable=1; done
  set -f
  if ! type -P journalctl > /dev/null; then
    vigie_can journal no 'journalctl is not installed; this host has no systemd journal'
  elif [[ ! $readable && ($EUID == 0 || ! -d /var/log/journal && ! -d /run/log/journal) ]]; then
    vigie_can journal no 'no journal is kept on this host; start systemd-journald'
  elif [[ ! $readable ]]; then
    vigie_can journal no 'this user may not read the journal; add it to the systemd-journal group'
  else
    vigie_can journal yes
    vigie_open journal journalctl -f -n "$past" -p warning -o json \
      --output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT,_COMM,_TRANSPORT,CONTAINER_NAME
  fi
}

# At most 40 entries a sample: what else there is waits in journalctl. Where that lasts it is skipped, and said.
vigie_journal() {
  local line text='' ended=''
  [[ ${fds[journal]} ]] || return 0
  if ((seq != journal_seq)); then
    journal_seq=$seq
    if ((journal_left > 0)); then journal_behind=0; else ((++journal_behind)); fi
    journal_left=40
  fi
  if ((journal_behind > 5)); then
    journal_behind=0
    vigie_say 'dropped -1'
    vigie_follow
    return
  fi
  vigie_drain journal "$journal_left" || ended=1
  ((journal_left -= ${#lines[@]}))
  for line in "${lines[@]}"; do
    # Of a kernel report the lines that say what happened, without the thirty of its stack and registers.
    if [[ $line == *'"_TRANSPORT":"kernel"'* ]]; then
      case ${line#*'"MESSAGE":"'} in
        ' '* | 'CPU: '* | 'Hardware name: '* | 'Modules linked in:'* | 'Call Trace:'* | 'Code: '* | R??': '*) continue ;;
      esac
    fi
    [[ $line == '{'*'}' ]] && ((${#line} < 65000)) && text+="journal $line"$'\n'
  done
  [[ $text ]] && vigie_say "${text%$'\n'}"
  [[ $ended ]] || return 0
  vigie_close journal
  vigie_can journal no 'journalctl ended by itself; try journalctl -f on the host'
}

# On no leash, which would be one more program to start: it ends by itself, at the latest when nobody reads it.
vigie_df() {
  exec df -l -B1 -x tmpfs -x devtmpfs -x squashfs -x ramfs -x efivarfs -x iso9660 "${df_without[@]}" \
    --output=size,used,avail,fstype,source,target
}

# What df says of local file systems, every ten seconds: a full disk must show before it has done its harm.
vigie_filesystems() {
  local line words mount text='' seen='' said='' ran=()
  if [[ ! ${fds[df]} ]]; then
    ((now >= df_at)) || return 0
    df_at=$((now + 10000))
    vigie_open df vigie_df
    return 0
  fi
  # Read when it has ended, so that nothing waits; it gets 20 seconds.
  if ! kill -0 "${pids[df]}"; then
    IFS='' read -r -N 65536 -u "${fds[df]}" said
  elif ((now < df_at + 10000)); then
    return 0
  fi
  vigie_close df
  vigie_split "$said"
  for line in "${ran[@]}"; do
    # shellcheck disable=SC2206
    words=($line)
    # Three numbers, the last one below zero where only root has any left.
    case ${words[0]:--},${words[1]:--},${words[2]#-} in *[!0-9,]* | *,) continue ;; esac
    # The mount point is all from the first slash after the device, spaces and all.
    mount=${line#*" ${words[4]} "}
    mount=/${mount#*/}
    # Docker mounts an overlay for each container, and binds files: those say nothing that is not said elsewhere.
    [[ ${words[3]} == overlay && $mount != / || $seen == *" ${words[4]} "* || ! -d $mount ]] && continue
    [[ ${words[4]} == /dev/* ]] && seen+=" ${words[4]} "
    text+="fs ${words[4]} ${words[3]} ${words[0]} ${words[1]} ${words[2]} ${mount// /\\040}"$'\n'
  done
  if [[ $text ]]; then
    vigie_can filesystems yes
    vigie_say "${text}fs-end"
  else
    vigie_can filesystems no 'df did not answer within 20 seconds, or names no local file system; try df -l on the host'
  fi
}

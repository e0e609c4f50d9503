# --- Orders -----------------------------------------------------------------------------------------------------------

# vigie_order LINE: what the job is; both the session and the worker read it.
vigie_order() {
  local words unescaped
  # shellcheck disable=SC2206
  words=($1)
  case ${words[0]} in
    who) vigie_unescape "${words[1]}" && who=$unescaped ;;
    title) vigie_unescape "${words[1]}" && title=$unescaped ;;
    lock) vigie_unescape "${words[1]}" && lock=$unescaped ;;
    look) vigie_unescape "${words[1]}" && look=$unescaped needed=${words[2]} ;;
    want)
      vigie_unescape "${words[1]}" && want=$unescaped
      vigie_seconds "${words[2]}" && patience=$seconds
      ;;
    step)
      vigie_seconds "${words[1]}" && s_limit+=("$seconds") || return 1
      vigie_unescape "${words[2]}" && s_command+=("$unescaped")
      vigie_unescape "${words[3]}" && s_input+=("$unescaped")
      ;;
  esac
}

# vigie_seconds WORD: a whole number of them, in `seconds`.
vigie_seconds() { [[ $1 =~ ^[0-9]{1,8}$ ]] && seconds=$((10#$1)); }

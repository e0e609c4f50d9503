# --- PHP-FPM's status page --------------------------------------------------------------------------------------------

# vigie_fpm_ask ID QUERY SECONDS: the lines of the status page in `ran`. Fails with 1 where it said why itself, with 2
# where the question still waits (the connection stays), with 3 and `why_not` where the page is not had.
vigie_fpm_ask() {
  local bytes path=${notes[$1 fpm path]} fd fresh format at=0 kind length text='' params
  vigie_link "$1" fpm 9000 || return 1
  params=$((11 + 15 + 14 + 12 + 8 + ${#path} * 2 + 3 + ${#2}))
  if ((${#path} > 120)); then
    vigie_hangup "$1 fpm"
    why_not='the path of its status page is too long; name a shorter one' && return 3
  fi
  # Records of FastCGI 1: begin (a responder, the connection not kept), the four parameters, their end, an empty input.
  printf -v format '\\x01\\x04\\x00\\x01\\x%02x\\x%02x\\x00\\x00\\x0b\\x%02x%%s\\x0f\\x%02x%%s\\x0e\\x03%%s\\x0c\\x%02x%%s' \
    $((params >> 8)) $((params & 255)) "${#path}" "${#path}" "${#2}"
  format='\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00'$format'\x01\x04\x00\x01\x00\x00\x00\x00\x01\x05\x00\x01\x00\x00\x00\x00'
  # shellcheck disable=SC2059 # It is made of lengths only.
  printf "$format" "SCRIPT_NAME$path" "SCRIPT_FILENAME$path" REQUEST_METHODGET "QUERY_STRING$2" >&"$fd"
  # Of the short page each line is whole in one record, whatever stands around them; of the long one not.
  if ! { if [[ $2 ]]; then vigie_swallow "$fd" "$3"; else vigie_gulp "$1 fpm" "$fd" "$3"; fi } && [[ ! $bytes ]]; then return 2; fi
  vigie_hangup "$1 fpm"
  [[ $2 ]] || text=$bytes
  while [[ $2 ]] && ((at + 8 <= ${#bytes})); do
    vigie_byte $((at + 1)) && kind=$byte
    vigie_byte $((at + 4)) && length=$((byte * 256))
    vigie_byte $((at + 5)) && ((length += byte))
    vigie_byte $((at + 6))
    ((kind == 6)) && text+=${bytes:at + 8:length}
    ((at += 8 + length + byte))
  done
  vigie_split "$text"
  case ${ran[*]} in
    *' pool: '*) return 0 ;;
    *'Status: 404'* | *'File not found'*)
      why_not="it has no status page at $path; in the pool's configuration: pm.status_path = $path, and then reload PHP-FPM"
      ;;
    '') why_not='it closes the connection without an answer; in the pool'\''s configuration let listen.allowed_clients have this host' ;;
    *) why_not="its status page at $path is not one; name the path in the fleet file" ;;
  esac
  return 3
}

# vigie_byte POSITION: of `bytes`, as a number in `byte`.
vigie_byte() {
  byte=0
  [[ ${nulls[$1]} ]] && return 0
  printf -v byte '%d' "'${bytes:$1:1}"
  ((byte &= 255, 1))
}

# vigie_fpm_page ID: the line, from `ran`. The worker that answers is one of the active, unless the page has a socket of
# its own: it is left out.
vigie_fpm_page() {
  local key="$1 fpm " line value said='' own=1
  [[ ${notes[${key}apart]} ]] && own=0
  for line in "${ran[@]}"; do
    case $line in
      'pool:'* | 'process manager:'*)
        value=${line#*:}
        vigie_escape "${value#"${value%%[! ]*}"}"
        value=${line%%:*}
        said+=" ${value/ /-}=$escaped"
        ;;
    esac
    value=${line##*[: ]}
    [[ $value && $value != *[!0-9]* ]] || continue
    case $line in
      'start since:'*) said+=" uptime=$value" ;;
      'accepted conn:'*) said+=" accepted=$value" ;;
      'listen queue:'*) said+=" queue=$value" ;;
      'max listen queue:'*) said+=" max-queue=$value" ;;
      'idle processes:'*) said+=" idle=$((value + own))" ;;
      'active processes:'*) said+=" active=$((value > own ? value - own : 0))" ;;
      'total processes:'*) said+=" total=$value" ;;
      'max active processes:'*) said+=" max-active=$value" ;;
      'max children reached:'*) said+=" max-children-reached=$value" ;;
      'slow requests:'*) said+=" slow=$value" ;;
    esac
  done
  [[ ${notes[${key}limit]} ]] && said+=" limit=${notes[${key}limit]}"
  vigie_say "part $1 fpm$said source=status"
}

# The twenty requests that run longest, of those that run now.
vigie_tell_requests() {
  local why_not='' ran=() line value state='' method='' uri='' script='' took=0 text found=() i
  vigie_fpm_learn "$1"
  why_not=${notes[$1 fpm trouble]}
  [[ $why_not ]] && vigie_say "$why_not" && return
  vigie_fpm_ask "$1" full 8
  case $? in
    1) return ;;
    2) vigie_say 'every worker is busy, and the status page waits with the requests; pm.status_listen = 9001 gives it a socket of its own' && return ;;
    3) vigie_say "$why_not" && return ;;
  esac
  for line in "${ran[@]}" '****'; do
    value=${line#*:}
    value=${value#"${value%%[! ]*}"}
    case $line in
      'state:'*) state=$value ;;
      'request duration:'*) took=$value ;;
      'request method:'*) method=$value ;;
      'request URI:'*) uri=$value ;;
      'script:'*) script=$value ;;
      '****'*)
        if [[ $state && $state != Idle && $took =~ ^[0-9]{1,17}$ && $uri != "${notes[$1 fpm path]}"* ]]; then
          printf -v text '%018d %6d.%03d s  %s %s  %s' "$took" $((took / 1000000)) $((took / 1000 % 1000)) "$method" "$uri" "$script"
          for ((i = ${#found[@]}; i > 0; --i)); do
            [[ ${found[i - 1]} < $text ]] || break
            found[i]=${found[i - 1]}
          done
          found[i]=${text//[[:cntrl:]]/?}
          unset 'found[20]'
        fi
        state=''
        ;;
    esac
  done
  for line in "${found[@]}"; do vigie_say "${line#* }"; done
  ((${#found[@]})) || vigie_say 'no request is running now'
}

# --- What the kinds of parts share: connections, secrets, words ---------------------------------------------------------

# vigie_escape TEXT: for a line of the stream, in `escaped`: what parts its words is written in octal.
vigie_escape() {
  escaped=$1
  [[ $1 == *[[:space:][:cntrl:]\\]* ]] || return 0
  escaped=${escaped//\\/'\134'}
  escaped=${escaped// /'\040'}
  escaped=${escaped//$'\t'/'\011'}
  escaped=${escaped//$'\n'/'\012'}
  escaped=${escaped//[[:cntrl:]]/?}
}

# vigie_unescape WORD: the other way, in `unescaped`.
vigie_unescape() { printf -v unescaped '%b' "${1//\\/\\0}"; }

# vigie_error ID KIND REASON…; CURE…: why there is no answer, as the one line about the part.
vigie_error() {
  local text=${*:3}
  text=${text//[[:cntrl:]]/ }
  text=${text:0:600}
  if [[ $telling ]]; then
    vigie_say "$text"
  elif [[ $2 == redis ]]; then
    vigie_say "redis $1 error $text"
  else
    vigie_say "part $1 $2 error $text"
  fi
}

# vigie_wait ID KIND REASON…; CURE…: an error that is said for a minute from now on, while the part is not asked.
vigie_wait() {
  vigie_clock
  blocked["$1 $2"]=$((now + 60000)) why["$1 $2"]=${*:3}
  vigie_error "$@"
}

vigie_link_cure="see the container's log, and name the port in the fleet file"

# vigie_link ID KIND PORT [CURE]: a connection to the part in `fd`, kept in links; PORT where none was ordered, or found out.
# `fresh` is 1 where it is a new one, `tried` 1 where one more was made and closed before. Where there is none it says the
# error itself, with the CURE for one that does not listen, and fails.
#
# bash can't give up a connection that nobody answers, so a child tries it first; not again where that went well.
vigie_link() {
  local part="$1 $2" port=${notes[$1 $2 port]:-${p_port[$1 $2]:-$3}} address=${p_address[$1 $2]} said='' began
  fd=${links[$part]} fresh='' tried=0
  [[ $fd ]] && return 0
  fresh=1
  vigie_clock
  if [[ ! $address ]]; then
    vigie_error "$1" "$2" 'it has no address that the host reaches; give it a network of its own in the Compose file'
    return 1
  fi
  if [[ ${proven[$part]} != "$address:$port" ]]; then
    tried=1
    vigie_open connect vigie_connect "$address" "$port"
    IFS='' read -r -t 2 -u "${fds[connect]}" said || said=late
    vigie_close connect
  fi
  began=$now
  if [[ $said != late && $said != no ]] && { exec {fd}<> "/dev/tcp/$address/$port"; }; then
    links[$part]=$fd proven[$part]=$address:$port
    return 0
  fi
  unset "proven[$part]"
  vigie_clock
  if [[ $said == late ]] || ((now - began > 2000)); then
    vigie_wait "$1" "$2" "nothing answers at $address:$port within 2 seconds; see the host's firewall, and the container's log"
  else
    vigie_error "$1" "$2" "nothing listens at $address:$port; ${4:-$vigie_link_cure}"
  fi
  return 1
}

vigie_connect() {
  local fd
  if { exec {fd}<> "/dev/tcp/$1/$2"; }; then echo yes; else echo no; fi
}

# vigie_hangup "ID KIND": ends the connection that was kept, and the other direction where that has a descriptor of its own.
vigie_hangup() {
  local fd link
  for link in "$1" "$1 to"; do
    fd=${links[$link]}
    [[ $fd ]] && exec {fd}>&-
    unset "links[$link]"
  done
}

# vigie_run "ID KIND" PROGRAM…: what a program says, errors too, as at most 400 lines in `ran`. It waits for 1.5 seconds;
# where the program takes longer this fails, and the next call goes on where this one stopped.
vigie_run() {
  local name="run $1" line status=0 stop=$((SECONDS + 2))
  shift
  if [[ ! ${fds[$name]} ]]; then
    vigie_open "$name" vigie_aloud "$@"
    spoken[$name]=''
  fi
  while ((status == 0)); do
    IFS='' read -r -t 1.5 -u "${fds[$name]}" line || status=$?
    tails[$name]+=$line
    ((status <= 128 && SECONDS <= stop)) || return 1
    ((${#spoken[$name]} < 100000)) && spoken[$name]+=${tails[$name]}$'\n'
    tails[$name]=''
  done
  vigie_close "$name"
  vigie_split "${spoken[$name]}"
  unset "spoken[$name]"
}

vigie_aloud() { exec "${leash[@]}" "$@" 2>&1; }

# vigie_split TEXT: its lines, without empty ones, in `ran`.
vigie_split() {
  local IFS=$'\n\r'
  # shellcheck disable=SC2206
  ran=($1)
}

# vigie_secret ID KIND: the part's secret, in `secret`, empty where none was ordered; otherwise says why not, and fails.
#
# It is never said, never exported and on no command line; a variable of the container is asked for once.
vigie_secret() {
  local part="$1 $2" source=${p_secret[$1 $2]} line
  secret=''
  case $source in
    file:*)
      source=${source#file:}
      if [[ ! -f $source ]]; then
        vigie_error "$1" "$2" "the secret's file $source is not on this host; put it there, or correct its name in the fleet file"
        return 1
      elif [[ ! -r $source ]] || ! { IFS='' read -r secret < "$source" || [[ $secret ]]; }; then
        vigie_error "$1" "$2" "this user can't read the secret's file $source, or it is empty; allow this user to read it"
        return 1
      fi
      secret=${secret%$'\r'}
      ;;
    variable:*)
      source=${source#variable:}
      secret=${secrets[$part]}
      [[ $secret ]] && return 0
      if ! vigie_run "$part" "${via[@]}" timeout -k 2 20 docker inspect --type container \
        --format '{{range .Config.Env}}{{println .}}{{end}}' "$1"; then
        vigie_error "$1" "$2" 'Docker did not tell the variables of the container within 2 seconds; see journalctl -u docker'
        return 1
      fi
      for line in "${ran[@]}"; do [[ $line == "$source="* ]] && secret=${line#*=}; done
      ran=()
      if [[ ! $secret ]]; then
        vigie_wait "$1" "$2" "the container has no variable $source; correct its name in the fleet file"
        return 1
      fi
      secrets[$part]=$secret
      ;;
  esac
}

# vigie_within "ID KIND" SECONDS: how the rest of an answer is read that has begun, as words for `read`, in `within`.
#
# A limit in time costs bash system calls for each byte, so it is there until the part has given a whole answer, which
# notes["ID KIND whole"] says, and not after that. A part that stops half-way then makes this process hang: it is
# replaced, as for a connection that hangs, and the one that replaces it keeps to limits.
vigie_within() {
  within=(-t "$2")
  [[ ${notes[$1 whole]} && ! $parts_hung ]] && within=()
  return 0
}

# vigie_gulp "ID KIND" FD SECONDS [MOST]: the text that comes until the other side closes, at most MOST bytes or 256 KiB, in
# `bytes`, without NULs. Where the other side does not close in time nothing is left of it.
vigie_gulp() {
  local status=0 within begin=''
  vigie_within "$1" "$3"
  bytes=''
  # Whether it answers at all is always limited.
  ((${#within[@]})) || IFS='' read -r -t "$3" -N 1 -u "$2" begin || status=$?
  ((status)) || IFS='' read -r "${within[@]}" -N "${4:-262144}" -u "$2" bytes || status=$?
  bytes=$begin$bytes
  ((status <= 128)) || bytes=''
  ((status <= 128)) && notes[$1 whole]=1
}

# vigie_swallow FD SECONDS: all that comes until the other side closes, at most 256 KiB, in `bytes`, to the byte and
# therefore slower. bash holds no NUL: a space stands in its place, and nulls[POSITION] is set.
vigie_swallow() {
  local piece status until=$((SECONDS + $2))
  bytes='' nulls=()
  while ((SECONDS <= until && ${#bytes} < 262144)); do
    status=0
    IFS='' read -r -d '' -t "$2" -n 65536 -u "$1" piece || status=$?
    bytes+=$piece
    ((status == 0)) || return "$((status > 128))"
    ((${#piece} == 65536)) && continue
    nulls[${#bytes}]=1
    bytes+=' '
  done
  return 1
}

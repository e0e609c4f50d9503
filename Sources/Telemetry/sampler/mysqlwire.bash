# --- The protocol of MySQL ---------------------------------------------------------------------------------------------
#
# Over a socket, by the shell itself: a program per database would take more memory than the whole sampler may.

# vigie_bytes FD COUNT: that many bytes as what lies between the NULs, in `pieces`, because bash holds none; `zeros`: how many.
# `within` says how long it waits.
vigie_bytes() {
  local wanted=$2 piece
  pieces=()
  while ((wanted > 0)); do
    ((SECONDS <= limit)) && IFS='' read -r -d '' "${within[@]}" -n "$wanted" -u "$1" piece || return 1
    pieces+=("$piece")
    ((wanted -= ${#piece} + 1))
  done
  zeros=$((${#pieces[@]} + wanted))
}

# Those bytes as numbers, in `octets`.
vigie_octets() {
  local piece index count=0 octet
  octets=()
  for piece in "${pieces[@]}"; do
    for ((index = 0; index < ${#piece}; ++index)); do
      printf -v octet %d "'${piece:index:1}"
      octets+=($((octet & 255)))
    done
    ((count++ < zeros)) && octets+=(0)
  done
}

# vigie_mysql_take FD: one packet: `pieces`, its number in `turn`, its first byte in `first`, its length in `size`, and
# the whole in `packet` with byte 248 for each NUL: no length in the protocol begins with that.
vigie_mysql_take() {
  local octets
  vigie_bytes "$1" 4 || return 1
  if [[ ${#pieces[@]} == 3 && ${pieces[0]} && ! ${pieces[1]} ]]; then
    # Shorter than 256 bytes, as nearly all are: no need for each byte.
    printf -v size %d "'${pieces[0]}"
    printf -v turn %d "'${pieces[2]}"
    ((size &= 255, turn &= 255, 1))
  else
    vigie_octets
    turn=${octets[3]} size=$((octets[0] | octets[1] << 8 | octets[2] << 16))
  fi
  ((size > 0 && size < 65536)) && vigie_bytes "$1" "$size" || return 1
  printf -v packet '%s\xf8' "${pieces[@]}"
  packet=${packet:0:size}
  printf -v first %d "'${pieces[0]:0:1}"
  ((first &= 255, 1))
}

# vigie_mysql_give FD TURN LENGTH FORMAT [WORD]: one packet; FORMAT may hold \x00.
vigie_mysql_give() {
  local head
  printf -v head '\\x%02x\\x%02x\\x00\\x%02x' $(($3 & 255)) $(($3 >> 8)) "$2"
  # shellcheck disable=SC2059
  printf "$head$4" "${@:5}" >&"$1"
}

# vigie_sum PROGRAM FORMAT [WORD]: a digest in `sum`, through pipes only: what is digested is on no command line.
vigie_sum() {
  # shellcheck disable=SC2059
  read -r sum _ < <(printf "$2" "${@:3}" | "$1")
  [[ $sum ]]
}

# vigie_hex HEX: for a format of printf, in `hex`.
vigie_hex() {
  local index
  hex=''
  for ((index = 0; index < ${#1}; index += 2)); do hex+="\\x${1:index:2}"; done
}

# vigie_mysql_proof PLUGIN SALT: that the secret is known, as hexadecimal digits, in `proof`; fails where that can't be.
vigie_mysql_proof() {
  local sum hex once twice salt index digits program=sha1sum
  proof=''
  case $1 in
    mysql_native_password) ;;
    caching_sha2_password) program=sha256sum ;;
    *) return 1 ;;
  esac
  [[ $secret ]] || return 0
  vigie_hex "$2"
  salt=$hex
  vigie_sum "$program" %s "$secret" || return 1
  once=$sum
  vigie_hex "$once"
  vigie_sum "$program" "$hex"
  vigie_hex "$sum"
  twice=$hex
  if [[ $program == sha1sum ]]; then vigie_sum "$program" "$salt$twice"; else vigie_sum "$program" "$twice$salt"; fi
  for ((index = 0; index < ${#once}; index += 2)); do
    printf -v digits %02x $((16#${once:index:2} ^ 16#${sum:index:2}))
    proof+=$digits
  done
}

# Why it refused, from a packet that says so: `code`, and the sentence in `reason`.
vigie_mysql_refusal() {
  local octets user=${p_user[$part]}
  vigie_octets
  code=$((octets[1] | octets[2] << 8))
  case $code in
    1040 | 1203) reason='it is full, all its connections are taken (too many connections); end what holds them, or raise max_connections' ;;
    1045 | 1698) reason="it refuses the user $user with the secret that it was given; correct user and secret in the fleet file" ;;
    1129) reason='it blocks this host after too many failed connections; run FLUSH HOSTS in it' ;;
    1130) reason="it lets nobody in from this host; CREATE USER $user@'%' IDENTIFIED BY the secret" ;;
    *)
      reason=${packet:3}
      [[ $reason == '#'* ]] && reason=${reason:6}
      reason="it refuses with $code, ${reason:0:200}; try the user $user by hand"
      ;;
  esac
}

# vigie_mysql_sign_in FD: from the greeting to the server's yes; otherwise the sentence in `reason`.
vigie_mysql_sign_in() {
  local octets index salt='' digits plugin proof hex user=${p_user[$part]} turn size packet first pieces zeros rounds=6 within=(-t 1.8)
  reason='nothing that speaks the protocol of MySQL answers there; name the port in the fleet file'
  vigie_mysql_take "$1" || return 1
  ((first == 255)) && { vigie_mysql_refusal; return 1; }
  ((first == 10)) || return 1
  vigie_octets
  plugin=${pieces[${#pieces[@]} - 1]}
  # MariaDB puts this before its version since MySQL 5.6 could not copy from servers with a version of two digits.
  version=${pieces[0]:1} version=${version#5.5.5-}
  for index in {5..12} {32..43}; do
    printf -v digits %02x "${octets[${#pieces[0]} + index]:-0}"
    salt+=$digits
  done
  vigie_mysql_proof "$plugin" "$salt" || { plugin=mysql_native_password && vigie_mysql_proof "$plugin" "$salt"; }
  vigie_hex "$proof"
  # Long flags, protocol 4.1, transactions, secure connection, plugins; 16 MiB; UTF-8.
  vigie_mysql_give "$1" $((turn + 1)) $((32 + ${#user} + 2 + ${#proof} / 2 + ${#plugin} + 1)) \
    "\\x05\\xa2\\x08\\x00\\x00\\x00\\x00\\x01\\x21$(printf '\\x00%.0s' {1..23})%s\\x00\\x$(printf %02x $((${#proof} / 2)))$hex%s\\x00" \
    "$user" "$plugin"
  reason='it did not answer while it was signed in to; see its log'
  while ((rounds--)) && vigie_mysql_take "$1"; do
    case $first in
      0) return 0 ;;
      255) vigie_mysql_refusal && return 1 ;;
      254)
        plugin=${pieces[0]:1} salt=''
        vigie_octets
        for ((index = ${#plugin} + 2; index < ${#plugin} + 22; ++index)); do
          printf -v digits %02x "${octets[index]:-0}"
          salt+=$digits
        done
        vigie_mysql_proof "$plugin" "$salt" || {
          reason="the user $user signs in by ${plugin:0:40}, which the sampler can't; create it with mysql_native_password"
          return 1
        }
        vigie_hex "$proof"
        vigie_mysql_give "$1" $((turn + 1)) $((${#proof} / 2)) "$hex"
        ;;
      1)
        # 3: the server knew the digest; 4: it wants the password itself, which is not sent without encryption.
        [[ ${pieces[0]:1:1} == $'\x03' ]] && continue
        reason="caching_sha2_password wants encryption, which the sampler has not, until the user $user has signed in once"
        reason+=' by the mysql client since the server started; do that, or create it with mysql_native_password'
        return 1
        ;;
      *) return 1 ;;
    esac
  done
  return 1
}

# vigie_mysql_ready ID: a connection that is signed in, in `fd`; otherwise says why not, and fails.
vigie_mysql_ready() {
  local reason='' code='' secret=''
  if [[ ! ${p_user[$part]} ]]; then
    vigie_error "$1" mysql 'it wants a user, and the fleet file names none; parts: [{ service: "db", user: "monitor",' \
      'secret: { variable: "MARIADB_PASSWORD" } }], and in the database GRANT PROCESS, REPLICATION CLIENT ON *.*' \
      "TO monitor@'%' (MariaDB: PROCESS, SLAVE MONITOR)"
    return 1
  fi
  fd=${links[$part]} fresh=''
  [[ $fd ]] && return 0
  vigie_secret "$1" mysql && vigie_link "$1" mysql 3306 || return 1
  limit=$((SECONDS + 1))
  if vigie_mysql_sign_in "$fd"; then
    notes[$part version]=$version
    unset "notes[$part sees]" "notes[$part size]" "notes[$part apart]"
    return 0
  fi
  vigie_hangup "$part"
  # What it refused it would refuse again, and write each time into its log; only being full may be over at once.
  if [[ $code == 1040 || $code == 1203 ]]; then vigie_error "$1" mysql "$reason"; else vigie_wait "$1" mysql "$reason"; fi
  return 1
}

# vigie_mysql_ask FD QUERY: whole `rows`, and `names` of the columns; 1: it refuses, with `code`; 2: the connection is of no more use.
vigie_mysql_ask() {
  local turn size packet first pieces zeros columns many reason within=(-t 1.8)
  rows=() names=() code=''
  vigie_mysql_give "$1" 0 $((${#2} + 1)) '\x03%s' "$2" && vigie_mysql_take "$1" || return 2
  # It has begun to answer.
  vigie_within "$part" 1.8
  ((first == 255)) && vigie_mysql_refusal && return 1
  columns=$first many=$first
  while ((columns-- > 0)); do
    vigie_mysql_take "$1" || return 2
    # Of lists such as SHOW's, whose columns belong to no table: catalog, three empty words, the name.
    printf -v size %d "'${pieces[3]:0:1}"
    ((size &= 255))
    names+=("${pieces[3]:1:size}")
  done
  ((many)) || return 0
  vigie_mysql_take "$1" || return 2
  while vigie_mysql_take "$1"; do
    ((first == 254 && size < 9)) && notes[$part whole]=1 && return 0
    # A query that took longer than it may says so here.
    ((first == 255)) && vigie_mysql_refusal && return 1
    ((${#rows[@]} < 400)) && rows+=("$packet")
  done
  return 2
}

# vigie_mysql_values ROW: its values, in `values`; NULL is an empty one.
vigie_mysql_values() {
  local rest=$1 length more
  values=()
  while [[ $rest ]]; do
    printf -v length %d "'${rest:0:1}"
    ((length &= 255))
    rest=${rest:1}
    case $length in
      248 | 251) values+=('') && continue ;;
      252)
        printf -v length %d "'${rest:0:1}"
        printf -v more %d "'${rest:1:1}"
        length=$((((length & 255) % 248) + ((more & 255) % 248 << 8))) rest=${rest:2}
        ;;
    esac
    values+=("${rest:0:length}")
    rest=${rest:length}
  done
}

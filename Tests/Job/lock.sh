# shellcheck shell=bash
# Who may act, and who may not meanwhile.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

# hold ID NAME [COMMAND…]: a job that has the lock until it is cancelled, on &$held.
hold() {
  session "$1" "${@:3}"
  order who 'ana maria'
  order title $'Restart redis\\ of boutique\non web-1'
  order lock "$2"
  order step 100 'sleep 100'
  order run
  until_true 10 begun
  held=$orders holder=$out
}

let_go() {
  printf 'cancel\n' >&"$held"
  out=$holder
  until_true 10 ended cancelled
  exec {held}>&-
}

# try ID NAME [COMMAND…]: a job that wants it.
try() {
  session "$1" "${@:3}"
  order who bob
  order lock "$2"
  order step 10 'echo mine'
  order run
  until_true 10 says '^end '
  hang_up
}

test_lock() {
  hold lock-1 boutique
  try lock-2 boutique
  check 'a lock that is held is refused' ended refused
  check 'with who has it, since when and for what' \
    says "^held by=ana\\\\040maria user=$(id -un) since=[0-9]{10} title=Restart\\\\040redis\\\\134\\\\040of\\\\040boutique\\\\012on\\\\040web-1\$"
  check 'nothing is run' bash -c '! grep -q "^begin" "$1"' _ "$out"
  try lock-3 shop
  check 'another one is free' ended 'done'
  try lock-4 @host
  check 'not so the host' says '^held by=ana\\040maria .*title=Restart'
  let_go
  try lock-5 boutique
  check 'it is free again' ended 'done'
  try lock-6 @host
  check 'and so is the host' ended 'done'
  hold lock-7 @host
  try lock-8 boutique
  check 'who has the host has all of it' says '^held by=ana'
  try lock-9 @host
  check 'and has it alone' says '^held by=ana'
  try lock-10 ''
  check 'what acts on nothing needs no lock' ended 'done'
  let_go

  session lock-11 unshare --mount bash -c '
    mount -t tmpfs -o mode=1777,nr_inodes=1 tmpfs /run/lock && exec "$@"' _
  order lock boutique
  order step 10 "touch '$work/unlocked'"
  order run
  until_true 10 says '^end '
  check 'where no lock can be made nothing is run' test ! -e "$work/unlocked"
  check 'and the reason has its cure' says '^refused the lock /run/lock/vigie.@host can.t be made, .*df -hi /run/lock$'
  hang_up

  test_race race boutique 10
  test_race host @host 5
  test_names
}

# test_race ID NAME COUNT: all at once.
test_race() {
  local index outs=() inputs=() refused=0 ran=0
  for ((index = 0; index < $3; ++index)); do
    session "$1-$index"
    order who "racer $index"
    order lock "$2"
    order step 100 "echo ran >> '$work/$1'; until [[ -e '$work/$1-over' ]]; do sleep 0.1; done"
    outs+=("$out") inputs+=("$orders")
  done
  for orders in "${inputs[@]}"; do order run; done
  check "of $3 who race for $2 all but one are refused" until_true 20 count_is $(($3 - 1)) '^held by=racer' "${outs[@]}"
  : > "$work/$1-over"
  check 'and one runs' until_true 10 count_is 1 '^end done$' "${outs[@]}"
  check 'really' test "$(wc -l < "$work/$1")" = 1
  for orders in "${inputs[@]}"; do hang_up; done
}

count_is() { (($(cat "${@:3}" | grep -cE -- "$2") == $1)); }

# Names that a path can't have, and names that one would like to be another's.
test_names() {
  local name names=('..' '.' 'a/b' 'a%2Fb' '-rf' ' ' '*' $'x\ty' 'é' 'a=0' '$(touch evil)' '../../etc/passwd' '@Host'
    "$(printf 'x%.0s' {1..300})" "$(printf 'x%.0s' {1..301})" "$(printf '/%.0s' {1..300})") index=0 helds=()
  for name in "${names[@]}"; do
    hold "name-$((++index))" "$name"
    helds+=("$held")
    says '^begin 0$' || printf 'not begun: %q\n' "$name"
  done
  check 'no two of these names have the same lock' has_signs "${#names[@]}"
  check 'they are all in one place' test ! -e /run/lock/evil -a ! -e evil -a "$(find /run/lock -mindepth 1 -type d | wc -l)" = 0
  try name-again "${names[13]}"
  check 'a long name is its own' says '^held '
  for held in "${helds[@]}"; do
    printf 'cancel\n' >&"$held"
    exec {held}>&-
  done
  until_true 10 has_signs 0
}

# So many locks are held, by what is said beside them.
has_signs() {
  local signs=(/run/lock/vigie.*'='*)
  ((${#signs[@]} == $1))
}

# Other users of the host: they see who has a lock, and can't break it.
test_users() {
  local nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups) kept
  local liar=(setpriv --reuid 65533 --regid 65533 --clear-groups)
  if ((EUID != 0)) || ! "${nobody[@]}" true 2> /dev/null; then
    leave_out 'other users' 'that needs root'
    return
  fi
  chmod 755 "$work"
  hold users-1 shared
  try users-2 shared "${nobody[@]}"
  check 'another user is told who has the lock' says '^held by=ana\\040maria user=root '
  check 'and can neither remove nor change it' "${nobody[@]}" bash -c '! rm -f /run/lock/vigie.shared* && ! : > /run/lock/vigie.shared' 2> /dev/null
  check 'it is still there' test -e /run/lock/vigie.shared -a -e "/run/lock/vigie.shared=0"
  let_go
  try users-3 shared "${nobody[@]}"
  check 'and is free for another user' ended 'done'
  hold users-4 shared "${nobody[@]}"
  try users-5 shared
  check 'who holds it as well' says "^held by=ana\\\\040maria user=$(id -un 65534) "
  try users-6 @host
  check 'also against the host' says "^held by=ana\\\\040maria user=$(id -un 65534) "
  let_go

  # What another user prepared.
  "${nobody[@]}" bash -c 'ln -s /etc/passwd /run/lock/vigie.link; mkfifo /run/lock/vigie.fifo; ln -s /nowhere /run/lock/vigie.none
    mkdir /run/lock/vigie.dir'
  "${liar[@]}" bash -c 'echo by=liar since=1 title=lie > /run/lock/vigie.plain=65534'
  for kept in link fifo none dir; do
    try "users-$kept" "$kept"
    check "a prepared lock ($kept) is refused with the cure" says '^refused /run/lock/vigie\.[a-z]+ is no file .*ls -l'
  done
  hold users-7 plain "${nobody[@]}"
  check 'who can not say so has the lock nevertheless' says '^begin 0$'
  try users-8 plain
  check 'and nobody is named for it' says '^refused somebody has the lock /run/lock/vigie.plain .*fuser'
  let_go
  rm -rf /run/lock/vigie.*

  "${nobody[@]}" mkdir -m 777 /run/lock/other
  chmod 755 /run/lock
  hold users-9 shared
  check 'where /run/lock is not for all, /tmp is, also for root' test -e /tmp/vigie-lock.shared
  try users-10 shared "${nobody[@]}"
  check 'so that all see the same' says '^held by=ana\\040maria user=root '
  let_go
  chmod 1777 /run/lock
}

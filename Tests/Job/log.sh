# shellcheck shell=bash
# Where the log is, and what is when it can't be there.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

# short ID [COMMAND…]: a job that ends at once.
short() {
  session "$1" "${@:2}"
  order step 10 'echo ran'
  order run
  until_true 10 says '^end '
  hang_up
}

test_log() {
  local home=vigie-$EUID place
  short log-1
  check 'nobody else may read the log' test "$(stat -c %a "/var/tmp/$home" "/var/tmp/$home/log-1")" = $'700\n700'

  mkdir "/var/tmp/$home/"{old,alive}
  chmod 700 "/var/tmp/$home/"{old,alive}
  : > "/var/tmp/$home/old/log"
  : > "/var/tmp/$home/alive/log"
  touch -d '8 days ago' "/var/tmp/$home/"{old,alive}{/log,}
  exec {lock}< "/var/tmp/$home/alive/log"
  flock -x "$lock"
  short log-2
  check 'a job of long ago is removed' until_true 5 test ! -e "/var/tmp/$home/old"
  check 'but not one that still runs, nor a young one' test -e "/var/tmp/$home/alive" -a -e "/var/tmp/$home/log-1"
  exec {lock}<&-

  mv "/var/tmp/$home" "/var/tmp/kept"
  ln -s kept "/var/tmp/$home"
  short log-3
  check 'a link is not followed' test -e "/tmp/$home/log-3" -a ! -e /var/tmp/kept/log-3
  rm "/var/tmp/$home"
  mkdir -m 755 "/var/tmp/$home"
  short log-4
  check 'a directory that others may enter is not used' test -e "/tmp/$home/log-4"
  rm -r "/var/tmp/$home"
  mv /var/tmp/kept "/var/tmp/$home"
  : > "$work/other"
  # In a name space of users there may be no other.
  if chown 65534 "$work/other" 2> /dev/null; then
    mv "/var/tmp/$home" /var/tmp/kept
    mkdir -m 700 "/var/tmp/$home"
    chown 65534 "/var/tmp/$home"
    short log-5
    check 'nor is one that another user prepared' test -e "/tmp/$home/log-5"
    rm -r "/var/tmp/$home"
    mv /var/tmp/kept "/var/tmp/$home"
  fi
  chmod 777 /var/tmp
  short log-6
  check 'nor what others could replace' test -e "/tmp/$home/log-6"
  chmod 1777 /var/tmp
  session log-6
  order attach 0
  check 'it is found again where it is' until_true 5 ended 'done'
  hang_up

  head -c 100m /dev/zero > /var/tmp/full 2> /dev/null
  short log-7
  check 'a full disk is passed over' test -e "/tmp/$home/log-7"
  check 'and the job runs' ended 'done'
  check 'nothing of it is left there' test ! -e "/var/tmp/$home/log-7"
  rm /var/tmp/full
  test_no_room
  test_filled
}

# All three are full: in a name space of its own, because the tests need /tmp.
test_no_room() {
  short full-1 unshare --mount bash -c '
    for place in /var/tmp /tmp /dev/shm; do
      mount -t tmpfs -o mode=1777,size=4k tmpfs "$place" && head -c 8k /dev/zero > "$place/full"
    done 2> /dev/null
    exec "$@"' _
  check 'where there is no room nothing is run' ended refused
  check 'and the reason has its cure' says '^refused /var/tmp /tmp /dev/shm: no log can be written .*; free some space'
}

# The disk fills up while the step runs.
test_filled() {
  : > "$work/came"
  session filled-1
  order step 60 "echo begun; until [[ -e '$work/full' ]]; do sleep 0.1; done; seq 1000; echo >> '$work/came'; seq 1000; echo through >> '$work/came'"
  order step 10 'echo second'
  order run
  until_true 10 says '^out 0 begun$'
  head -c 100m /dev/zero > /var/tmp/fill 2> /dev/null
  : > "$work/full"
  check 'a disk that is full by now does not end the step' until_true 10 grep -q through "$work/came"
  check 'nor the job' until_true 15 ended 'done'
  check 'which says that some of its output is missing' says '^cut 0$'
  check 'and runs to its end' says '^ended 1 0 '
  rm /var/tmp/fill
  hang_up
}

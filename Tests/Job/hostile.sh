# shellcheck shell=bash
# What steps print, and what orders hold, is data.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

# Nothing but lines of the protocol, after the first.
stream_is_sound() {
  sed 1d "$out" | LC_ALL=C grep -avqE '^(held|refused|before|begin|out|cut|ended|after|end)( |$)' && return 1
  return 0
}

test_hostile() {
  local evil='$(touch "'"$work"'/evil")`touch "'"$work"'/evil"`'
  session hostile-1
  order who "$evil"
  order title "$evil"$'\n\e[2J'
  order lock "$evil"
  order look "printf '%s\n' '$evil' 'a second line'"
  order want "$evil"'*' 1
  order nonsense "$evil"
  order step 10 "printf '%s\n' '$evil'; printf 'end done\nended 0 0 1\n\nvigie-job 1\n\033[2J\033]0;x\007\r\n\200\377 a\000b\000\n  spaces  \ncr\r\nno newline'" "$evil"
  order step "$evil" 'echo never'
  order step 10 'printf %s\\n "$0" "$@" '"'$evil'"
  order run
  check 'it ends' until_true 10 says '^end '
  check 'nothing of it is evaluated' test ! -e "$work/evil"
  check 'the stream is sound' stream_is_sound
  check 'what a step prints stays in its line' says '^out 0 end done$'
  check 'NULs are dropped' grep -aqF "$(printf 'out 0 \200\377 ab')" "$out"
  check 'spaces stay' says '^out 0   spaces  $'
  check 'a carriage return at the end does not' says '^out 0 cr$'
  check 'an empty line is a line' says '^out 0 $'
  check 'a last line needs no end' says '^out 0 no newline$'
  check 'a step without a limit is none' bash -c '! grep -q never "$1"' _ "$out"
  check 'nobody sees NULs' bash -c '! grep -qaP "\x00" "$1"' _ "$out"
  hang_up

  session hostile-2
  order step 60 'seq 100000; echo over >&2'
  order step 60 'head -c 10000000 /dev/zero | tr "\0" x; echo; echo next'
  order step 60 'head -c 10000000 /dev/zero; echo after NULs'
  order step 60 'yes x | head -c 100000000'
  order run
  check 'floods do not hold it' until_true 30 ended 'done'
  check 'two thousand lines are kept' says '^out 0 ' 2000
  check 'and the rest is cut, once' test "$(grep -c '^cut 0$' "$out")" = 1
  check 'a line is kept up to 4,000 bytes' says '^out 1 x{4000}$'
  check 'and the next one is whole' says '^out 1 next$'
  check 'the stream is sound' stream_is_sound
  hang_up

  session hostile-3
  order step 60 'cat | md5sum' "$(seq 50000)"
  order step 60 'exec sleep 0' "$(seq 50000)"
  order run
  check 'a large input comes through, also where nobody reads it' until_true 20 ended 'done'
  check 'as it is' says "^out 0 $(seq 50000 | head -c -1 | md5sum)"
  hang_up

  session 'Bad_ID'
  check 'a number that is none is refused' until_true 5 ended refused
  hang_up
  session '../../x'
  check 'also where it would be a path' until_true 5 ended refused
  hang_up
  session half-1
  order step 10 "touch '$work/half'"
  printf 'ru' >&"$orders"
  hang_up
  check 'what is not begun ends with its orders' until_true 5 is_over "$process"
  check 'and nothing was run' test ! -e "$work/half" -a ! -e "/var/tmp/vigie-$EUID/half-1"
}

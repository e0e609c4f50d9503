# shellcheck shell=bash
# How a job runs and ends, and how it is asked for later.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

test_course() {
  before='printf "Welcome!\nend done\n\033[31mno newline\n"'
  session course-1
  before=''
  order who ana
  order title 'Count to two'
  order lock boutique
  order look 'cat "$HOME/state" || echo stopped'
  order want '+(running)' 5
  order step 10 'echo one; echo two >&2'
  order step 10 "cat > '$work/state'" $'a b\\\n\tc\n'
  order step 10 "cat '$work/state'; umask; echo \$VIGIE_PLACE; [[ -t 0 ]]"
  order run
  check 'a failing step ends the job' until_true 10 ended failed
  check 'it says who speaks' says "^vigie-job 1 id=course-1 user=$(id -un) boot=[0-9a-f-]{36}\$"
  check 'steps have their input, the usual umask, and nothing of the job' diff - <(sed -E '1,/^vigie-job/d; s/[0-9]+$/N/' "$out") <<END
before stopped
begin N
out 0 one
out 0 two
ended 0 0 N
begin N
ended 1 0 N
begin N
out 2 a b\\
out 2 	c
out 2 N
out 2 
ended 2 1 N
after no stopped
end failed
END
  check 'the session ends with it' until_true 5 is_over "$process"
  check 'and the worker' until_true 5 has_no_worker course-1
  check 'the log alone is left' diff <(printf 'boot\nlog\n') <(ls /var/tmp/vigie-$EUID/course-1)
  check 'no process is left' until_true 5 no_process course-1
  hang_up

  session course-2
  order step 10 'echo one'
  order step 10 'exit 7'
  order step 10 'echo three'
  order run
  check 'a failing step ends the job' until_true 10 ended failed
  check 'with its status' says '^ended 1 7 [0-9]+$'
  check 'and the next one is not begun' bash -c '! grep -q "^begin 2" "$1"' _ "$out"
  hang_up

  session silent-1
  order lock silence
  printf 'look %s needed\n' "$(word 'sleep 100')" >&"$orders"
  order step 10 "touch '$work/asked'"
  order run
  local first=$out hung=$orders
  session silent-2
  order look "[[ ! -e '$work/hangs' ]] || sleep 100; echo up"
  order want up 1
  order step 10 "touch '$work/hangs'"
  order run
  check 'a look that hangs is waited for 10 seconds' until_true 25 ended failed
  check 'and it is said that it was silent' grep -qx silent "$out"
  hang_up
  out=$first orders=$hung
  check 'where it is needed nothing is run' until_true 5 ended refused
  check 'which is said as well' grep -qx silent "$out"
  check 'really' test ! -e "$work/asked"
  hang_up
  try silent-3 silence
  check 'and its lock is free' ended 'done'

  : > "$work/count"
  session course-3
  order look "echo >> '$work/count'; wc -l < '$work/count'"
  order want '@(4|5)' 20
  order step 10 true
  order run
  check 'it is looked at until it is as wanted' until_true 15 ended 'done'
  check 'which is said' says '^after yes 4$'
  hang_up

  session course-4
  order look 'echo down'
  order want up 1
  order step 10 true
  order run
  check 'what does not come out as wanted has failed' until_true 15 ended failed
  check 'though its steps have not' says '^ended 0 0 '
  check 'and how it is is said' says '^after no down$'
  hang_up

  session course-5
  order look 'echo up; exit 3'
  order step 10 true
  order run
  check 'a look that fails says nothing' until_true 10 ended 'done'
  check 'neither before nor after' bash -c '! grep -qE "^(before|after)" "$1"' _ "$out"
  hang_up

  session course-2
  order step 10 'echo again'
  order run
  check 'a job runs once' until_true 10 ended refused
  check 'and says so' says '^refused .*was begun before'
  hang_up
}

test_endings() {
  local ticks
  session late-1
  order step 1 'trap "echo asked" TERM; sleep 100 & wait; wait; exit 0'
  order step 10 true
  order run
  check 'a step that takes too long is ended' until_true 10 ended late
  check 'it is asked to first' says '^out 0 asked$'
  check 'which is no success' says '^ended 0 late [1-4][0-9]{3}$'
  check 'no other is begun' bash -c '! grep -q "^begin 1" "$1"' _ "$out"
  check 'nothing of it is left' until_true 5 no_process late-1
  hang_up

  session late-2
  order step 1 'trap "" TERM; (trap "" TERM; while :; do sleep 1; done) & while :; do sleep 1; done'
  order run
  check 'one that will not end is killed' until_true 15 ended late
  check 'five seconds later' says '^ended 0 late [6-9][0-9]{3}$'
  check 'and all that it started' until_true 5 no_process late-2
  hang_up

  session cancel-1
  order step 100 'while sleep 0.05; do echo tick; done | cat'
  order step 10 true
  order run
  until_true 10 begun
  printf 'can' >&"$orders"
  ticks=$(grep -c tick "$out")
  check 'half an order does nothing' until_true 10 says '^out 0 tick$' $((ticks + 8))
  order cel
  check 'a job can be cancelled' until_true 10 ended cancelled
  check 'the step was ended' says '^ended 0 143 [0-9]+$'
  check 'nothing of it is left' until_true 5 no_process cancel-1
  hang_up

  session cancel-2
  order look 'echo down'
  order want up 60
  order step 10 true
  order run
  until_true 10 says '^ended 0'
  order cancel
  check 'waiting for what is wanted can be cancelled' until_true 5 ended failed
  hang_up

  session behind-1
  order step 100 'echo begun; sleep 60 & echo $! > "'"$work"'/behind"; exec sleep 0'
  order step 10 'echo next'
  order run
  check 'what a step leaves running does not hold the job' until_true 6 ended 'done'
  check 'and is left alone' kill -0 "$(cat "$work/behind")"
  check 'what was printed is there' says '^out 0 begun$'
  hang_up
  kill "$(cat "$work/behind")"
}

test_lost() {
  local lines
  session lost-1
  order lock lost
  order step 100 "echo begun; until [[ -e '$work/go' ]]; do sleep 0.1; done; echo went on"
  order run
  until_true 10 says '^out 0 begun$'
  hang_up
  check 'the end of its orders ends the session' until_true 5 is_over "$process"
  check 'but not the job' has_worker lost-1
  session lost-1
  order look 'echo up'
  order attach 1
  check 'who attaches sees what was said since' until_true 5 says '^out 0 begun$'
  check 'and not what was before' bash -c '! grep -q "^begin" "$1"' _ "$out"
  : > "$work/go"
  check 'and how it ends' until_true 10 ended 'done'
  hang_up
  session lost-1
  order attach 0
  until_true 5 ended 'done'
  check 'later it says the same again' diff <(sed 1d "$out" | sed -E 's/[0-9]+$/N/') \
    <(printf 'begin N\nout 0 begun\nout 0 went on\nended 0 0 N\nend done\n')
  hang_up
  session lost-2
  order attach 0
  check 'a job that there never was is unknown' until_true 5 stream_is $'unknown\nend unknown'
  hang_up

  session lost-3
  order step 100 'until [[ -e "'"$work"'/go-on" ]]; do sleep 0.1; done'
  order run
  hang_up
  until_true 5 is_over "$process"
  session lost-3
  order attach 0
  check 'a job goes on whose orders end with the last of them' until_true 10 begun
  order cancel
  check 'and who attaches can cancel it' until_true 10 ended cancelled
  hang_up

  session lost-4 setsid
  order step 100 "until [[ -e '$work/killed' ]]; do sleep 0.1; done; echo survived"
  order run
  until_true 10 begun
  disown "$process"
  kill -KILL -- "-$process"
  check 'the session is killed with its group' until_true 5 is_over "$process"
  : > "$work/killed"
  hang_up
  session lost-4
  order attach 0
  check 'and the job goes on' until_true 10 says '^out 0 survived$'
  hang_up

  test_killed
}

# A worker that is killed can say nothing: others say it.
test_killed() {
  session killed-1
  order lock killed
  order look 'echo still up'
  order want 'still*' 5
  order step 100 'sleep 60'
  order run
  until_true 10 begun
  kill -KILL "$(worker killed-1)"
  check 'the session that follows says that it was interrupted' until_true 10 ended interrupted
  check 'and how it is' says '^after yes still up$'
  hang_up
  session killed-1
  order look 'echo still up'
  order attach 2
  check 'who attaches is told' until_true 10 stream_is $'interrupted same\nafter - still up\nend interrupted'
  hang_up
  printf '%s\n' 00000000-0000-0000-0000-000000000000 > "/var/tmp/vigie-$EUID/killed-1/boot"
  session killed-1
  order attach 2
  check 'a reboot since is told' until_true 10 stream_is $'interrupted other\nend interrupted'
  hang_up
  session killed-2
  order lock killed
  order step 10 'echo mine'
  order run
  check 'its lock is taken over' until_true 10 ended 'done'
  hang_up
}

# shellcheck shell=bash
# Tests of how the sampler follows the journal: with a stand-in for journalctl, in a name space of mounts of its own,
# because the sampler looks whether the journal's files are readable.
# shellcheck disable=SC2016,SC2034,SC2154 # Names are shared between the files; programs are in quotes.

# with_journal INTERVAL: $ENGINE says what is in the journal.
with_journal() {
  around=(unshare --user --map-root-user --mount sh -c 'mount -t tmpfs tmpfs /run && mkdir -p /run/log/journal/x &&
    : > /run/log/journal/x/system.journal && exec "$@"' sh)
  start "$@" "PATH=$here/programs:$PATH" "ENGINE=$ENGINE"
  around=()
}

test_journal() {
  if ! unshare --user --map-root-user --mount sh -c 'mount -t tmpfs tmpfs /run' 2> /dev/null; then
    leave_out 'the journal is followed' 'no name space of mounts can be made here'
    return
  fi
  engine_up
  # A kernel's report of Debian 12, and what is no JSON.
  cp "$here/oom.journal" "$ENGINE/journal"
  printf 'Hint: not JSON\n{"torn":\n' >> "$ENGINE/journal"
  with_journal 200
  check 'the journal can be told' until_true 10 says '^can journal yes$'
  check 'an OOM kill is told' until_true 10 says '^journal .*Memory cgroup out of memory: Killed process'
  check 'and what invoked the killer' says '^journal .* invoked oom-killer: '
  check 'its stack and registers are not' test "$(grep -c '^journal ' "$out")" -eq 2
  check 'entries are JSON' is_json journal
  check 'the last entries before the stream are told too' grep -qx -- '-f -n 100 .*' "$ENGINE/followed"
  finish

  rm "$ENGINE/journal" "$ENGINE/followed"
  printf '{"MESSAGE":"%s","PRIORITY":"4","_TRANSPORT":"stdout"}\n' '$(reboot) \u001b[31m = . cpu' > "$ENGINE/flood"
  with_journal 200
  check 'in a flood, what is skipped is said' until_true 20 says '^dropped -1$' 2
  check 'after which nothing is told again' grep -qx -- '-f -n 0 .*' "$ENGINE/followed"
  check 'no more is sent than is allowed' \
    awk '$1 == "." { frames++ } $1 == "journal" { lines++ } END { exit !(lines > 0 && lines <= 41 * frames) }' "$out"
  check 'frames come through it' has_frames 10
  check 'and are whole' frames_are_whole
  check 'one follower runs at a time' one_follower
  order end
  check 'it ends in a flood, and its follower' until_true 3 no_process "$token"
  finish
}

one_follower() { (($(processes "$token" | xargs -I{} sh -c 'cat /proc/{}/comm' 2> /dev/null | grep -c '^yes$') <= 1)); }

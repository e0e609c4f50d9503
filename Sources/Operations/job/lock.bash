# --- The lock ---------------------------------------------------------------------------------------------------------
#
# The kernel's own (flock(2)), on a file that stays: it is let go with the process that has it, however that ends, and two
# who want it can't both have it. Beside the file each user says in one of its own, NAME=UID, what it has the lock for.
# All who act on something here hold @host as well, shared; who locks @host itself has it alone.

# Where all users look, by what the directory is and not by who asks: else two of them would not see each other's.
vigie_lock_root() {
  root=/tmp/vigie-lock
  [[ -d /run/lock && ! -L /run/lock && -k /run/lock ]] && [[ $(stat -c %a /run/lock) == 1777 ]] && root=/run/lock/vigie
}

# vigie_lock_file NAME: the file of a lock, in `file`; no two names have the same.
vigie_lock_file() {
  local name=$1 safe='' byte index
  for ((index = 0; index < ${#name} && ${#safe} < 200; ++index)); do
    byte=${name:index:1}
    case $byte in
      [A-Za-z0-9_.:@-]) safe+=$byte ;;
      # Above 127 it counts as negative.
      *) printf -v byte '%%%02X' "'$byte" && safe+=%${byte: -2} ;;
    esac
  done
  # No other name has two of these in a row.
  ((index == ${#name})) || safe=${safe:0:100}%%$(printf '%s' "$name" | sha256sum | cut -b -64)
  file=$root.$safe
}

# vigie_take FILE x|s: the lock for this process alone, or shared, as the descriptor `taken`. Fails with 2, and says why
# in `reason`, where nobody could have it.
vigie_take() {
  [[ -e $1 || -L $1 ]] || (umask 022 && set -C && : > "$1")
  reason="$1 is no file that this user can read; see what it is with: ls -l $1"
  [[ -e $1 || -L $1 ]] || reason="the lock $1 can't be made, so nobody could be kept out; see whether there is room: df -hi ${1%/*}"
  [[ -f $1 && ! -L $1 ]] && exec {taken}< "$1" || return 2
  if flock -n "-$2" "$taken"; then
    vigie_own "$taken"
    locks+=("$taken")
    return 0
  fi
  exec {taken}<&-
  return 1
}

# Takes the lock that was ordered. Otherwise it says who has it, or why nobody can, and fails.
vigie_lock() {
  local host file root tries holder reason taken status
  [[ $lock ]] || return 0
  vigie_lock_root
  vigie_lock_file @host && host=$file
  vigie_lock_file "$lock"
  for ((tries = 0; tries < 30; ++tries)); do
    holder=$host
    if [[ $file == "$host" ]]; then
      vigie_take "$host" x
    else
      vigie_take "$host" s && holder=$file && vigie_take "$file" x
    fi
    status=$?
    if ((status == 0)); then
      info=$file=$EUID
      vigie_sign
      return 0
    fi
    vigie_unlock
    if ((status == 2)); then
      vigie_say "refused $reason"
      return 1
    fi
    vigie_holder "$holder" && return 1
    # It has it, and did not say so yet; or has let go of it just now.
    vigie_rest 0.1
  done
  vigie_say "refused somebody has the lock $holder and does not say who; see whose process it is with: sudo fuser -v $holder"
  return 1
}

# What the lock is held for, for those who find it taken.
vigie_sign() {
  local since by what escaped start
  printf -v since '%(%s)T' -1
  vigie_escape "${who:0:100}" && by=$escaped
  vigie_escape "${title:0:300}" && what=$escaped
  vigie_start $$
  rm -f -- "$info"
  (umask 022 && set -C &&
    printf 'by=%s since=%s title=%s pid=%s start=%s boot=%s\n' "$by" "$since" "$what" "$$" "$start" "$boot" > "$info")
}

# vigie_start PROCESS: when it was started, in the kernel's own units, in `start`; nothing where it is gone or hidden.
vigie_start() {
  local line='' words
  IFS='' read -r line < "/proc/$1/stat"
  # shellcheck disable=SC2206 # What comes before may have spaces in it.
  words=(${line##*) })
  start=${words[19]}
}

vigie_unlock() {
  [[ $info ]] && rm -f -- "$info"
  vigie_shut "${locks[@]}"
  locks=() info=''
}

# vigie_holder FILE: says who has the lock; fails where nobody says so.
vigie_holder() {
  local candidate other fd newest='' best=''
  set +f
  for candidate in "$1="*; do vigie_read_info "$candidate"; done
  if [[ ! $newest && $1 == *.@host ]]; then
    # One of those who share it.
    for candidate in "${1%@host}"*; do
      [[ $candidate == *=* || $candidate == "$1" || ! -f $candidate || -L $candidate ]] && continue
      exec {fd}< "$candidate" || continue
      if ! flock -n -s "$fd"; then
        for other in "$candidate="*; do vigie_read_info "$other"; done
      fi
      exec {fd}<&-
    done
  fi
  set -f
  [[ $newest ]] || return 1
  vigie_say "held $best"
}

# vigie_read_info FILE: takes it where its owner is who its name says, its process may live, and it is newer than `newest`.
vigie_read_info() {
  local uid user line='' word words by='' since='' what=title= pid='' of='' start='' of_boot='' escaped
  [[ -f $1 && ! -L $1 && ( ! $newest || $1 -nt $newest ) ]] || return 1
  read -r uid user < <(stat -c '%u %U' -- "$1")
  [[ $uid == "${1##*=}" ]] || return 1
  IFS='' read -r line < <(timeout 1 head -c 2000 -- "$1")
  # shellcheck disable=SC2206
  words=(${line//[[:cntrl:]]/?})
  for word in "${words[@]}"; do
    case $word in
      by=*) by=$word ;;
      title=*) what=$word ;;
      pid=*) pid=${word#*=} ;;
      start=*) of=${word#*=} ;;
      boot=*) of_boot=${word#*=} ;;
      since=*) [[ ${word#*=} =~ ^[0-9]{1,12}$ ]] && since=$word ;;
    esac
  done
  [[ $by && $since && $of_boot == "$boot" && $pid =~ ^[0-9]{1,9}$ ]] || return 1
  # Where the first process is hidden from this user, others may be.
  vigie_start "$pid"
  [[ $start == "$of" || ! -d /proc/1 ]] || return 1
  [[ $user == UNKNOWN ]] && user=$uid
  vigie_escape "$user"
  newest=$1 best="$by user=$escaped $since $what"
}

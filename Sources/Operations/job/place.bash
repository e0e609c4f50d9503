# --- Where a job's log is ---------------------------------------------------------------------------------------------
#
# Everybody may write to the directories that it is in: nothing there is used but what is this user's own and what nobody
# else may enter, which nobody else can put there or replace.

# The last one is emptied by some hosts when the user's last connection ends.
bases=(/var/tmp /tmp /dev/shm)

vigie_is_ours() { [[ -d $1 && ! -L $1 && -O $1 ]] && [[ $(stat -c %a -- "$1") == 700 ]]; }

# Makes the job's directory where it can, in `place`; `room` keeps some of the disk for the last lines.
vigie_settle() {
  local base home
  for base in "${bases[@]}"; do
    # Without the sticky bit another user could replace what is in it.
    [[ -d $base && -k $base && -w $base ]] || continue
    home=$base/vigie-$EUID
    [[ -e $home || -L $home ]] || mkdir -m 700 -- "$home" || continue
    vigie_is_ours "$home" || continue
    mkdir -m 700 -- "$home/$id" || continue
    place=$home/$id
    printf '%65536s' '' > "$place/room" && printf '%s\n' "$boot" > "$place/boot" && : > "$place/log" &&
      mkfifo -m 600 -- "$place/orders" && return 0
    rm -rf -- "$place"
  done
  place=''
  return 1
}

# Finds the directory of a job that was begun earlier, in `place`.
vigie_find() {
  local base
  for base in "${bases[@]}"; do
    place=$base/vigie-$EUID/$id
    vigie_is_ours "${place%/*}" && vigie_is_ours "$place" && [[ -f $place/log ]] && return 0
  done
  place=''
  return 1
}

# vigie_lives PLACE: whether its worker does. It has locked its log for as long as it lives.
vigie_lives() {
  local fd status
  exec {fd}< "$1/log" || return 1
  flock -n -s "$fd"
  status=$?
  exec {fd}<&-
  ((status != 0))
}

# Removes jobs of long ago.
vigie_tidy() {
  local base old
  touch -d '7 days ago' -- "$place/week" || return
  set +f
  for base in "${bases[@]}"; do
    vigie_is_ours "$base/vigie-$EUID" || continue
    for old in "$base/vigie-$EUID"/*; do
      # A missing file would count as older.
      [[ -e $old && $old -ot $place/week && -e $old/log && $old/log -ot $place/week ]] || continue
      vigie_is_ours "$old" && ! vigie_lives "$old" && rm -rf -- "$old"
    done
  done
  set -f
  rm -f -- "$place/week"
}

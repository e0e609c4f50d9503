# Only a file that begins with this line is ever changed.
mark='# Limits set with vigie, which writes this file: put nothing else here. A file without this line is never changed.'
root=()

temporary() {
  printf '! temporary, until the container is made anew: %s\n' "$*"
  exit 0
}
# What is written here is put in place of a person's file later: it is whole, or nothing is put.
work=$(mktemp -d) || temporary 'there is no room for a temporary file; see df -h /tmp there'
trap 'rm -rf "$work"' EXIT
unwritten() { temporary "no temporary file can be written in $work; see df -h $work there"; }
printf '%65536s' '' > "$work/room" || unwritten
rm "$work/room"
is_ours() { [[ $("${root[@]}" head -n 1 "$1" 2> /dev/null) == "$mark" ]]; }

# holds [FILE…]: whether Compose reads the wanted limits from the files; without any, from those that it finds by itself.
holds() {
  local file words=(--project-directory "$dir")
  for file; do words+=(--file "$file"); done
  (cd "$dir" && "${docker[@]}" compose "${words[@]}" config "$service") > "$work/read" 2> "$work/why" < /dev/null &&
    awk -v at="services/$service" -v c="$cpus" -v q="$quota" -v m="$memory" -v s="$swap" '
      match($0, /[^ ]/) {
        depth = int(RSTART / 2); gsub(/[":]/, ""); path[depth] = $1; name = path[0]
        for (i = 1; i <= depth; i++) name = name "/" path[i]
        sub("deploy/resources/limits/cpus$", "cpus", name); sub("deploy/resources/limits/memory$", "mem_limit", name)
        value[name] = $2
      }
      END {
        # Without a word about swap, Docker gives as much again.
        if (value[at "/memswap_limit"] == "") value[at "/memswap_limit"] = 2 * value[at "/mem_limit"]
        exit !(at in value && value[at "/cpus"] + 0 == c && value[at "/cpu_quota"] + 0 == q &&
               value[at "/mem_limit"] + 0 == m && (m == 0 || value[at "/memswap_limit"] + 0 == s))
      }' "$work/read"
}

# with LINE: our file with that line for the service instead of its former one; nothing where nothing is left to say.
with() {
  local lines
  lines=$({
    "${root[@]}" grep -s '^  ' "$own" | awk -v mine="  $service:" 'index($0, mine) != 1'
    [[ ! $1 ]] || printf '%s\n' "$1"
  } | LC_ALL=C sort)
  [[ ! $lines ]] || printf '%s\nservices:\n%s\n' "$mark" "$lines"
}

# put FILE TEXT: replaces FILE in one step, with its owner and mode; a new one has those of the project's first file.
put() {
  local like=$1
  [[ -e $like ]] || like=${theirs[0]}
  if ! { "${root[@]}" cp -p "$like" "$1.new" && "${root[@]}" cp "$2" "$1.new" && "${root[@]}" mv "$1.new" "$1"; } 2> "$work/why"; then
    "${root[@]}" rm -f "$1.new"
    why=$(tail -n 1 "$work/why")
    temporary "$1 can't be written (${why##*: })$([[ -e $1 ]] && echo ' and is as it was'); see df -h $dir there"
  fi
}

if [[ ! -w $dir ]]; then
  root=(sudo -n)
  sudo -n true 2> /dev/null || temporary "this user may not write in $dir; give the limits to $service in its Compose files"
fi
# The files that a person wrote, and what Compose would find in the directory.
theirs=() bases=() overrides=()
for file in "${files[@]}"; do [[ ! -e $file ]] || is_ours "$file" || theirs+=("$file"); done
for file in "$dir"/{docker-,}compose.{yaml,yml}; do [[ ! -e $file ]] || bases+=("$file"); done
for file in "$dir"/{docker-,}compose.override.{yaml,yml}; do [[ ! -e $file ]] || overrides+=("$file"); done
((${#theirs[@]})) || temporary "the files that it was started from are gone: ${files[*]}"
env=$(readlink -m "$dir/.env")
named=$("${root[@]}" grep -sE '^ *(export +)?COMPOSE_FILE=' "$env")

# Our own file: the standard override where there is none yet, else one that COMPOSE_FILE in .env names.
own=$dir/compose.vigie.yaml
if ((${#overrides[@]} == 1)) && is_ours "${overrides[0]}"; then
  own=${overrides[0]}
elif [[ ! -e $own && ! $named && ${#bases[@]} == 1 && ${#overrides[@]} == 0 && ${theirs[*]} == "${bases[0]}" ]]; then
  own=${bases[0]%.*}.override.${bases[0]##*.}
fi
[[ ! -e $own ]] || is_ours "$own" || temporary "$own is not vigie's; give the limits to $service in its Compose files"

# The first line that Compose understands as it is meant; none where the other files say the same by themselves.
found=''
for line in '' "${lines[@]}"; do
  with "$line" > "$work/own.yaml" || unwritten
  all=("${theirs[@]}")
  [[ ! -s $work/own.yaml ]] || all+=("$work/own.yaml")
  if holds "${all[@]}"; then found=yes && break; fi
done
[[ $found ]] || temporary "Compose does not come to these limits with ${theirs[*]}: $(tail -n 1 "$work/why")"

# What `docker compose up` by itself is to read besides.
entry=COMPOSE_FILE=$(IFS=: && printf '%s' "${theirs[*]#"$dir/"}:${own##*/}")
standard="${bases[*]}${overrides[*]:+ ${overrides[*]}}"
if [[ -s $work/own.yaml || ($named && $named != "$entry" && -e $own) ]]; then
  # A file that is named elsewhere stays, even empty: Compose would refuse to go on without it.
  [[ -s $work/own.yaml ]] || printf '%s\nservices: {}\n' "$mark" > "$work/own.yaml" || unwritten
  put "$own" "$work/own.yaml"
  echo "written: $own" && sed '1d; s/^/  /' "$work/own.yaml"
  if [[ ! $named && ${own##*/} == compose.vigie.yaml && ${#bases[@]} == 1 && ${theirs[*]} == "$standard" ]]; then
    { "${root[@]}" cat "$env" 2> /dev/null | awk 1 && printf '%s\n' "$entry"; } > "$work/env" || unwritten
    put "$env" "$work/env" && echo "added to $env: $entry"
  fi
elif [[ -e $own ]]; then
  if [[ $named == "$entry" ]]; then
    "${root[@]}" grep -vxF -- "$entry" "$env" > "$work/env"
    (($? < 2)) || unwritten
    put "$env" "$work/env" && echo "taken from $env: $entry"
  fi
  "${root[@]}" rm "$own" && echo "$own has nothing left to say: removed"
fi
if holds; then
  echo "kept for the next docker compose up: $service in $([[ -e $own ]] && echo "$own" || echo "${theirs[*]}")"
elif [[ $named ]]; then
  temporary "COMPOSE_FILE in $env does not lead to $own: add :${own##*/} to it; vigie's own actions know the file"
else
  temporary "docker compose by itself reads other files than this was started from: add --file $own; vigie's own actions know it"
fi

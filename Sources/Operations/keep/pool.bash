failed() {
  printf '%s\n' "$*"
  exit 1
}
inside() { "${docker[@]}" exec -i -u 0 "$id" "$@"; }

# The master process in the container, the file in its title, and its program.
read -r master file program < <(inside sh -c 'for process in /proc/[0-9]*; do
  title=$(tr "\0" " " < "$process/cmdline")
  case $title in "php-fpm: master process ("*) title=${title#*(} && echo "${process#/proc/} ${title%%)*} $(readlink "$process/exe")" ;; esac
done' < /dev/null 2> /dev/null)
[[ $program ]] || failed 'no master process of PHP-FPM is found in the container: nothing was changed'

# The one line that sets it, in that file or in one that it includes.
mapfile -t found < <(inside sh -c 'cd "${1%/etc/*}/" && grep -nE "^[[:space:]]*pm\.max_children[[:space:]]*=" /dev/null "$1" $(sed -n "s/^[[:space:]]*include[[:space:]]*=[[:space:]]*//p" "$1")' sh "$file" < /dev/null)
((${#found[@]} == 1)) || failed "pm.max_children is set in ${#found[@]} lines, and only one could be changed: ${found[*]%%:*}"
pool=${found[0]%%:*}
[[ $pool == /* ]] || pool=${file%/etc/*}/$pool

# Where that file is on the host; in the container's own layer it is gone with the container.
kept=''
while IFS=$'\t' read -r source target; do
  if [[ $target && ($pool == "$target" || $pool == "$target"/*) ]]; then kept=$source${pool#"$target"}; fi
done < <("${docker[@]}" inspect --format '{{range .Mounts}}{{.Source}}{{"\t"}}{{.Destination}}{{"\n"}}{{end}}' "$id")
root=()
[[ ! $kept || -w $kept ]] || root=(sudo -n)
write() { if [[ $kept ]]; then "${root[@]}" tee "$kept" > /dev/null; else inside sh -c 'cat > "$1"' sh "$pool"; fi; }

# Written in place: a container that has the file mounted would not see another one under its name.
was=$(inside cat "$pool" < /dev/null && echo .)
new=$(sed -E "s/^([[:space:]]*pm\.max_children[[:space:]]*=[[:space:]]*)[0-9]+/\1$children/" <<< "${was%.}" && echo .)
back() {
  printf '%s' "${was%.}" | write
  [[ $(inside cat "$pool" < /dev/null && echo .) == "$was" ]] && return
  printf '%s' "${was%.}"
  failed "$pool${kept:+, $kept on the host,} is torn: put the text above into it before PHP-FPM reads it again; $*"
}
printf '%s' "${new%$'\n'.}" | write
if [[ $(inside cat "$pool" < /dev/null && echo .) != "${new%$'\n'.}." ]]; then
  back 'neither the new nor the former text could be written whole; see df -h there'
  failed "$pool can't be written${kept:+ at $kept on the host}: nothing was changed"
fi
if ! said=$(inside "$program" -t -y "$file" 2>&1 < /dev/null); then
  back 'PHP-FPM would not take the new number'
  failed "PHP-FPM would not take it, and has the former number again: $(grep -E -m 1 'ALERT|ERROR' <<< "$said")"
fi
inside kill -USR2 "$master" < /dev/null || failed 'the number is written, but PHP-FPM could not be told to read it: restart the container'
if [[ $kept ]]; then
  echo "pm.max_children = $children in $kept, read by PHP-FPM"
else
  echo "! temporary, until the container is made anew: $pool is inside of it; set pm.max_children in its image too"
fi

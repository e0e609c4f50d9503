# The password, where there is one, goes from where it lies to the program, over no command line.
ask() {
  case $secret in
    file:*) "${root[@]}" head -n 1 "${secret#file:}" | "${docker[@]}" exec -i "$id" sh -c 'IFS= read -r REDISCLI_AUTH; export REDISCLI_AUTH; exec "$@"' sh "$client" "$@" ;;
    variable:*) "${docker[@]}" exec "$id" sh -c 'eval "export REDISCLI_AUTH=\"\$$1\""; shift; exec "$@"' sh "${secret#variable:}" "$client" "$@" ;;
    *) "${docker[@]}" exec "$id" "$client" "$@" ;;
  esac < /dev/null 2>&1 | tr -d '\r'
}
root=()
[[ $secret != file:* || -r ${secret#file:} ]] || root=(sudo -n)
said=$(ask CONFIG SET maxmemory "$bytes")
if [[ $said != OK ]]; then
  echo "maxmemory is as it was: ${said:0:300}"
  exit 1
fi
# Kept where it reads its settings from at its next start, if it has such a file, and that outlives the container.
said=$(ask CONFIG REWRITE)
file=$(ask INFO server | sed -n 's/^config_file://p')
if [[ $said != OK || ! $file ]]; then
  echo "! temporary, until it starts again: it has no file to write maxmemory $bytes to; change its command in the Compose file"
  exit
fi
while read -r target; do
  if [[ $target && ($file == "$target" || $file == "$target"/*) ]]; then echo "kept in $file" && exit; fi
done < <("${docker[@]}" inspect --format '{{range .Mounts}}{{.Destination}}{{"\n"}}{{end}}' "$id")
echo "! temporary, until the container is made anew: $file is inside of it; change maxmemory where that comes from"

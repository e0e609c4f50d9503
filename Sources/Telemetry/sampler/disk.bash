# --- What takes the disk, on demand -----------------------------------------------------------------------------------

# The biggest of each kind from `KIND SIZE NAME…`; `log SIZE ID` gets the name of its container.
# shellcheck disable=SC2016
vigie_disk_awk='
function bytes(text) {
  unit = text; gsub(/[0-9.]/, "", unit)
  return text * (unit ~ /^[kK]/ ? 1e3 : unit ~ /^M/ ? 1e6 : unit ~ /^G/ ? 1e9 : unit ~ /^T/ ? 1e12 : 1)
}
function words(size) {
  return size >= 1e9 ? sprintf("%.1fGB", size / 1e9) : size >= 1e6 ? sprintf("%.1fMB", size / 1e6) : sprintf("%.0fkB", size / 1e3)
}
$1 == "id" { name[substr($2, 1, 12)] = $3; next }
{
  size = bytes($2); kind = $1; text = $0
  sub(/^[^ ]+ [^ ]+ /, "", text)
  if (kind == "log") { text = (substr(text, 1, 12) in name) ? name[substr(text, 1, 12)] : text; $2 = words(size) }
  if (size > 0) printf "%s %.0f %s %s  %s\n", kind, size, kind, $2, text
}'

# vigie_tell_disk: what Docker's images, containers, volumes, build cache and logs take, as far as this user may see it.
#
# To add it up the engine walks through its volumes, one such question at a time, which may take long.
vigie_tell_disk() {
  local kind before='' count=0 rest root docker=("${leash[@]}" "${via[@]}" timeout -k 1)
  "${docker[@]}" 5 docker system df --format '{{.Type}}: {{.TotalCount}}, {{.Size}}, of which {{.Reclaimable}} is not in use' 2>&1 ||
    vigie_say 'Docker did not add it up within 5 seconds; try docker system df on the host'
  while read -r kind _ rest; do
    [[ $kind == "$before" ]] || count=0
    before=$kind
    ((count++ < 10)) && vigie_say "  $rest"
  done < <({
    "${docker[@]}" 3 docker system df -v --format '{{range .Images}}image {{.Size}} {{.Repository}}:{{println .Tag}}{{end}}'\
'{{range .Containers}}id {{.ID}} {{println .Names}}container {{.Size}} {{println .Names}}{{end}}'\
'{{range .Volumes}}volume {{.Size}} {{println .Name}}{{end}}'
    if ((EUID == 0)) || [[ ${via[*]} ]]; then
      root=$("${docker[@]}" 1 docker info --format '{{.DockerRootDir}}')
      "${docker[@]}" 2 find "${root:-/var/lib/docker}/containers" -name '*.log*' -type f -printf 'log %s %P\n'
    fi
  } | awk "$vigie_disk_awk" | sort -k1,1 -k2,2nr)
  ((EUID == 0)) || [[ ${via[*]} ]] ||
    vigie_say "containers' logs: only root may see their sizes; sudo du -sh /var/lib/docker/containers"
  type -P journalctl > /dev/null && "${leash[@]}" timeout -k 1 1 journalctl --disk-usage
  return 0
}

# --- Traefik ----------------------------------------------------------------------------------------------------------
#
# Its metrics go through awk, because with many routers they are megabytes, for which bash needs half a second.

vigie_traefik_cure='add to its command --metrics.prometheus=true and --api.insecure=true, and do not publish that port'

# The answer to a question for its metrics: the status, and then the words of the line about it; none where the page is
# not Traefik's. The length comes first, in six digits. At most 40 services and 40 routers: those with the most requests.
# shellcheck disable=SC2016
vigie_traefik_awk='
function text_of(label,   text, from, out, c) {
  if (!match($0, "[{,]" label "=\"")) return ""
  text = substr($0, RSTART + RLENGTH)
  if (!match(text, /^([^"\\]|\\.)*"/)) return ""
  text = substr(text, 1, RLENGTH - 1)
  if (text !~ /[\001-\040\177=\\]/) return text
  out = ""
  for (from = 1; from <= length(text); ++from) {
    c = substr(text, from, 1)
    if (c == "\\") c = substr(text, ++from, 1) == "n" ? "?" : substr(text, from, 1)
    if (c == " ") c = "\\040"
    else if (c == "=") c = "\\075"
    else if (c == "\\") c = "\\134"
    else if (c ~ /[\001-\037\177]/) c = "?"
    out = out c
  }
  return out
}
function count(key, all, failed) {
  if (!(key in all) && ++names > 4000) return
  all[key] += $NF
  if ($0 ~ /[{,]code="5/) failed[key] += $NF
}
function busiest(word, all, failed,   n, key, best, text) {
  for (n = 0; n < 40; ++n) {
    best = ""
    for (key in all) if (best == "" || all[key] > all[best] || (all[key] == all[best] && key < best)) best = key
    if (best == "") break
    text = text sprintf(" %s:%s=%.0f/%.0f", word, best, all[best], failed[best])
    delete all[best]
  }
  return text
}
NR == 1 { status = /^HTTP\/1/ ? $2 + 0 : 0; if (status != 200) exit }
/^traefik_(config|entrypoint|open)_/ { known = 1 }
$NF !~ /^[0-9.]+(e[+][0-9]+)?$/ { next }
/^traefik_entrypoint_requests_total[{]/ && !/[{,]entrypoint="(traefik|metrics)"/ { entered = 1; count("in", total, total_failed) }
/^traefik_service_requests_total[{]/ { count(text_of("service"), services, services_failed); count("all", total, total_failed) }
/^traefik_router_requests_total[{]/ { count(text_of("router"), routers, routers_failed) }
/^traefik_service_server_up[{]/ { ++servers; down += $NF == 0 }
END {
  text = status + 0
  if (status == 200 && known) {
    where = entered ? "in" : "all"
    text = text sprintf(" requests=%.0f s5=%.0f", total[where], total_failed[where])
    if (servers) text = text sprintf(" servers=%d servers-down=%d", servers, down)
    text = text busiest("service", services, services_failed) busiest("router", routers, routers_failed)
  }
  printf "%06d%s", length(text), text
}'

# vigie_traefik_ask ID PATH: a question, for which the answer is read from `fd`; where there is no connection `told` is 1.
vigie_traefik_ask() {
  vigie_link "$1" traefik 8080 "$vigie_traefik_cure, or name their port in the fleet file" || { told=1 && return 1; }
  # As one word, because bash writes each line of a format by itself.
  printf %s "GET $2 HTTP/1.0"$'\r\nHost: traefik\r\nConnection: close\r\n\r\n' >&"$fd"
}

# Beside the loop, with an end to what it takes for a page.
vigie_traefik_sums() {
  ulimit -v 262144
  exec awk "$vigie_traefik_awk" <&"$1"
}

# vigie_traefik_metrics ID: what they say, in `line`, and the status of the answer, empty where there is none.
vigie_traefik_metrics() {
  local fd fresh tried length='' text=''
  vigie_traefik_ask "$1" /metrics || return 1
  vigie_open metrics vigie_traefik_sums "$fd"
  IFS='' read -r -t 1.5 -N 6 -u "${fds[metrics]}" length
  [[ $length =~ ^[0-9]{6}$ ]] && IFS='' read -r -N "$((10#$length))" -u "${fds[metrics]}" text
  vigie_close metrics
  vigie_hangup "$1 traefik"
  status=${text%% *}
  [[ $text == *' '* ]] && line=" ${text#* }"
}

# vigie_traefik_get ID PATH: the body of its answer, in `body`, and the status; fails where that is not 200.
vigie_traefik_get() {
  local fd fresh tried bytes
  body='' status=''
  vigie_traefik_ask "$1" "$2" || return 1
  vigie_gulp "$1 traefik" "$fd" 1.5 65536
  vigie_hangup "$1 traefik"
  [[ $bytes == HTTP/1.?' '* ]] && status=${bytes:9:3}
  [[ $bytes == HTTP/1.?' 200 '*$'\r\n\r\n'* ]] && body=${bytes#*$'\r\n\r\n'}
}

# vigie_traefik_word KEY TEXT: a string of JSON, as one more word of `line`.
vigie_traefik_word() {
  local text=${2//\\\\/\\0134} escaped
  text=${text//\\\"/\"}
  printf -v text %b "${text:0:300}"
  vigie_escape "${text:0:200}"
  [[ $escaped ]] && line+=" $1=$escaped"
}

# vigie_traefik_routers ID: how many there are, and the first that is in error, into `line`.
vigie_traefik_routers() {
  local body overview layer all=0 errors=0 broken='' some='(([^"\\]|\\.)*)'
  vigie_traefik_get "$1" /api/overview || return 1
  overview=${body//[[:space:]]/}
  for layer in http tcp udp; do
    [[ $overview =~ \"$layer\":\{\"routers\":\{\"total\":([0-9]{1,6}),\"warnings\":[0-9]+,\"errors\":([0-9]{1,6}) ]] || continue
    ((all += BASH_REMATCH[1], errors += BASH_REMATCH[2])) || :
    ((BASH_REMATCH[2])) && broken=${broken:-$layer}
  done
  [[ $overview == *'"routers":{"total":'* ]] || return 0
  line+=" routers=$all routers-in-error=$errors"
  [[ $broken ]] && vigie_traefik_get "$1" "/api/$broken/routers?status=disabled&per_page=1" || return 0
  [[ $body =~ \"name\":\"$some\" ]] && vigie_traefik_word in-error "${BASH_REMATCH[1]}"
  [[ $body =~ \"error\":\[\"$some\" ]] && vigie_traefik_word why "${BASH_REMATCH[1]}"
  return 0
}

vigie_part_traefik() {
  local line='' status='' told='' part="$1 traefik"
  vigie_traefik_metrics "$1"
  # Where it is off it stays off until Traefik starts again, and then this note is gone.
  if [[ $status && ! ${notes[$part mute]} ]] && ! vigie_traefik_routers "$1" && [[ $status == 404 ]]; then
    notes[$part mute]=1
  fi
  if [[ $told ]]; then
    return 0
  elif [[ $line ]]; then
    vigie_say "part $1 traefik$line"
  else
    vigie_error "$1" traefik \
      "neither its metrics nor its API answer at port ${p_port[$part]:-8080} (${status:-no answer}); $vigie_traefik_cure"
  fi
}

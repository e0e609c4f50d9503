# --- Access logs on a container's standard output ---------------------------------------------------------------------
#
# One question for all of them, to the engine's socket, for the last lines only: so it costs the same however long a log
# is, and however busy its server. Where perl is missing curl does it, and where the socket is elsewhere, Docker's own program.

# A line is what follows its time; before that are what is left of the engine's header, and of a header with a line feed
# in it. What was said up to `last` was counted the time before. With `paths` one table by path, otherwise one line for
# each log: status, lines, those understood, whether older ones are missing, seconds from the first to the last, time of
# the last, and requests, 2xx, 3xx, 4xx, 5xx, not understood, of those that are new.
# shellcheck disable=SC2016
vigie_log_awk='
function seconds(time) { return substr(time, 12, 2) * 3600 + substr(time, 15, 2) * 60 + substr(time, 18, 12) }
function number(text) { gsub(/[^0-9.]/, "", text); return text + 0 }
function read_json(text) {
  if (!match(text, /"(DownstreamStatus|status|status_code)": ?"?[1-5][0-9][0-9]/)) return 0
  status = substr(text, RSTART + RLENGTH - 3, 3)
  if (!paths) return 1
  if (match(text, /"(RequestPath|request_uri|uri|path)": ?"[^"]*/)) {
    path = substr(text, RSTART, RLENGTH)
    sub(/^"[^"]*": ?"/, "", path)
  }
  if (match(text, /"Duration": ?[0-9]+/)) took = number(substr(text, RSTART, RLENGTH)) / 1000000000
  else if (match(text, /"(duration|request_time)": ?"?[0-9.]+/)) took = number(substr(text, RSTART, RLENGTH))
  return 1
}
function read_line(text,   words, rest) {
  path = ""; took = -1
  if (substr(text, 1, 1) == "{") return read_json(text)
  if (!match(text, /[^\\]" [1-5][0-9][0-9] ([0-9]+|-)( |$)/)) return 0
  status = substr(text, RSTART + 3, 3)
  if (!paths) return 1
  rest = substr(text, RSTART + RLENGTH)
  text = substr(text, 1, RSTART)
  sub(/^[^"]*"/, "", text)
  split(text, words, " ")
  path = words[2]
  gsub(/"[^"]*"/, "", rest)
  if (match(rest, /[0-9]+ms$/)) took = number(substr(rest, RSTART, RLENGTH)) / 1000
  else if (match(rest, /(^|[ =])[0-9]+\.[0-9]+( |$)/)) took = number(substr(rest, RSTART, RLENGTH))
  return 1
}
function end_of_log(code) {
  if (code != 200) failure = code " " message
  if (code != 200 && !paths) print failure
  if (code == 200 && !paths) {
    missing = (lines >= most[log_number] && oldest > last[log_number]) ? "yes" : "no"
    span = lines ? (seconds(newest) - seconds(oldest) + 86400) % 86400 : 0
    if (newest < last[log_number]) newest = last[log_number]
    print code, lines + 0, understood + 0, missing, span, newest, n[0] + 0, n[2] + 0, n[3] + 0, n[4] + 0, n[5] + 0, unread + 0
  }
  lines = 0; understood = 0; oldest = ""; newest = ""; message = ""; ++log_number
  if (!paths) { unread = 0; split("", n) }
}
BEGIN { split(lasts, last, " "); split(mosts, most, " "); log_number = 1 }
/^vigie [0-9]+$/ { end_of_log($2); next }
!match(substr($0, 1, 48), /20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9][.0-9]*Z /) {
  if (/"message"/) { message = $0; gsub(/^.*"message": *"|"[^"]*$/, "", message) }
  next
}
{
  time = substr($0, RSTART, RLENGTH - 1)
  ++lines
  if (oldest == "" || time < oldest) oldest = time
  if (time > newest) newest = time
  text = substr($0, RSTART + RLENGTH)
  sub(/\r$/, "", text)
  known = read_line(text)
  understood += known
  if (time <= last[log_number]) next
  if (!known) { ++unread; next }
  ++n[0]; ++n[substr(status, 1, 1)]
  if (!paths) next
  sub(/[?#].*/, "", path)
  path = substr(path, 1, 120)
  ++count[path]
  if (status >= 500) ++failed[path]
  if (took >= 0) { timed = 1; ++times[path]; sum[path] += took; if (took > longest[path]) longest[path] = took }
}
END {
  if (!paths) exit
  if (failure != "") { print "2 0 0 " failure; exit }
  printf "1 0 0 %d requests, %d answered with 5xx, %d lines not understood\n", n[0], n[5], unread
  if (n[0] && !timed) print "1 0 0 the log has no times: add $request_time at the end of log_format (Nginx)"
  for (path in count) {
    printf "0 %.3f %d ", longest[path], failed[path]
    if (times[path]) printf "mean %.3f s  longest %.3f s  ", sum[path] / times[path], longest[path]
    printf "%d requests  %d with 5xx  %s\n", count[path], failed[path], path
  }
}'

# vigie_log_ask SECONDS VARIABLES TAIL SINCE ID…: beside the loop. VARIABLES are the awk program's; TAIL and SINCE one word for each ID.
vigie_log_ask() {
  local time=$1 variables tails_asked sinces index socket urls=() ids=("${@:5}")
  # shellcheck disable=SC2206
  variables=($2) tails_asked=($3) sinces=($4)
  vigie_socket
  for index in "${!ids[@]}"; do
    urls+=("/containers/${ids[index]}/logs?stdout=1&timestamps=1&tail=${tails_asked[index]}&since=${sinces[index]}")
  done
  exec awk -v paths="${variables[0]#-}" -v lasts="$vigie_log_lasts" -v mosts="$3" "$vigie_log_awk" < <(vigie_log_fetch < /dev/null)
}

# The lines themselves, for vigie_log_ask, by what there is here.
vigie_log_fetch() {
  if [[ -S $socket ]] && type -P perl > /dev/null; then
    exec "${via[@]}" perl -e "$vigie_engine_perl" "$time" "$socket" "${urls[@]}"
  elif [[ -S $socket ]] && type -P curl > /dev/null; then
    "${via[@]}" curl -s -m "$time" --unix-socket "$socket" -w '\nvigie %{http_code}\n' "${urls[@]/#/http://docker}" | tr -d '\000'
  else
    for index in "${!ids[@]}"; do
      "${via[@]}" timeout -k 1 "$time" docker logs -t --since "${sinces[index]}" --tail "${tails_asked[index]}" "${ids[index]}" 2> /dev/null
      # As the engine would say it.
      case $? in 0) printf '\nvigie 200\n' ;; 124) printf '\nvigie 0\n' ;; *) printf '\nvigie 404\n' ;; esac
    done
  fi
}

# vigie_log_refused ID STATUS MESSAGE: instead of lines.
vigie_log_refused() {
  case $2,$3 in
    *'not support reading'*)
      vigie_error "$1" accesslog 'its logging driver keeps nothing that Docker could tell; use the driver json-file or local' ;;
    0,*) vigie_error "$1" accesslog 'Docker did not tell the log in time; see journalctl -u docker' ;;
    *) vigie_error "$1" accesslog "Docker does not tell the log ($2 $3); try docker logs on the host" ;;
  esac
}

# vigie_log_elsewhere ID LINES: nothing in the output is a request. Looks once in ten minutes whether a file has them.
vigie_log_elsewhere() {
  local part="$1 accesslog" file=''
  if ((now >= ${notes[$part looked]:-0})); then
    # shellcheck disable=SC2016
    vigie_run "$part" "${via[@]}" timeout -k 2 20 docker exec "$1" sh -c 'for f; do [ -f "$f" ] && [ -s "$f" ] && echo "$f"; done' sh \
      /var/log/{nginx,apache2,httpd,traefik}/access{.log,_log} /usr/local/apache2/logs/access_log &&
      notes[$part looked]=$((now + 600000)) file=${ran[0]}
    ran=()
    [[ $file == /* ]] || file=''
    notes[$part file]=$file
  fi
  if [[ ${notes[$part file]} ]]; then
    file="the access log is the file ${notes[$part file]} in the container, not its standard output"
  elif (($2)); then
    file="none of the last $2 lines of its standard output is a request in a form that is known here"
  else
    file='nothing has come on its standard output'
  fi
  vigie_error "$1" accesslog "$file; Nginx: access_log /dev/stdout combined, Apache: CustomLog /proc/self/fd/1 combined," \
    'Traefik: --accesslog=true'
}

vigie_part_accesslog() {
  local id part line words ids=() tails_asked=() sinces=() vigie_log_lasts='' clock first index=0
  vigie_clock
  printf -v clock '%(%s)T' -1
  TZ=UTC0 printf -v first '%(%Y-%m-%dT%H:%M:%S)T' $((clock - parts_interval / 1000))
  for part in "${!asks[@]}"; do
    id=${part% *}
    if [[ $part != *' accesslog' ]] || ((${p_pid[$id]:-0} <= 0)); then continue; fi
    ids+=("$id") vigie_log_lasts+=" ${notes[$part last]:-$first}"
    # The first time without a limit in time, to learn whether this is an access log; then with some seconds to spare.
    tails_asked+=("${notes[$part tail]:-200}") sinces+=("$((${notes[$part clock]:-2} - 2))")
  done
  vigie_open logs vigie_log_ask 2 - "${tails_asked[*]}" "${sinces[*]}" "${ids[@]}"
  for id in "${ids[@]}"; do
    line='0 '
    IFS='' read -r -t 2.2 -u "${fds[logs]}" line
    vigie_log_said "$id" "$line" "${tails_asked[index++]}"
    # All have been asked: they stay together.
    due["$id accesslog"]=${due[$1 accesslog]}
  done
  vigie_close logs
}

# vigie_log_said ID LINE TAIL: what the awk program says of one log.
vigie_log_said() {
  local part="$1 accesslog" words elapsed
  # shellcheck disable=SC2206
  words=($2)
  if [[ ${words[0]} != 200 ]]; then
    vigie_log_refused "$1" "${words[0]:-0}" "${words[*]:1}"
    return
  fi
  elapsed=$((${notes[$part asked]:+now - ${notes[$part asked]:-0}}+0))
  ((elapsed > 0)) || elapsed=$parts_interval
  notes[$part asked]=$now notes[$part clock]=$clock notes[$part last]=${words[5]} notes[$part tail]=$((words[1] * 2 + 50))
  if [[ ${words[3]} == yes ]]; then
    # More came than was asked for: these lines are about the time from the first of them to the last.
    printf -v words[4] %.0f "${words[4]}e3"
    ((words[4] > 0)) && elapsed=${words[4]}
    notes[$part tail]=$(($3 * 4))
  fi
  ((${notes[$part tail]} > 2000)) && notes[$part tail]=2000
  ((words[2])) && notes[$part reads]=1
  if [[ ! ${notes[$part reads]} ]]; then
    unset "notes[$part clock]"
    vigie_log_elsewhere "$1" "${words[1]}"
    return
  fi
  printf -v elapsed '%d.%03d' $((elapsed / 1000)) $((elapsed % 1000))
  vigie_say "part $1 accesslog seconds=$elapsed requests=${words[6]} s2=${words[7]} s3=${words[8]} s4=${words[9]} s5=${words[10]} unread=${words[11]}"
}

# vigie_tell_paths ID: the last five minutes by path, of at most the last 20,000 lines: the slowest, then the most failing.
vigie_tell_paths() {
  local clock vigie_log_lasts=0 rank line
  printf -v clock '%(%s)T' -1
  while read -r rank _ _ line; do
    if [[ $rank == 2 ]]; then
      vigie_log_refused "$1" "${line%% *}" "${line#* }"
    else
      vigie_say "$line"
    fi
  done < <(vigie_log_ask 8 1 20000 $((clock - 300)) "$1" | sort -k1,1nr -k2,2nr -k3,3nr | head -n 60)
}

# --- Traefik ----------------------------------------------------------------------------------------------------------

# vigie_traefik_get ID PATH: the body of its answer, in `body`; 1: no connection, which was said; 2: it answers otherwise, as in `status`.
vigie_traefik_get() {
  local fd fresh bytes part="$1 traefik"
  body='' status=''
  vigie_link "$1" traefik 8080 || return 1
  # As one word, because bash writes each line of a format by itself.
  printf %s "GET $2 HTTP/1.0"$'\r\nHost: traefik\r\nConnection: close\r\n\r\n' >&"$fd"
  vigie_gulp "$part" "$fd" 1.5 1048576
  body=$bytes
  vigie_hangup "$part"
  status=${body#HTTP/1.? } status=${status:0:3}
  [[ $body == HTTP/1.?' 200 '*$'\r\n\r\n'* ]] || return 2
  body=${body#*$'\r\n\r\n'}
}

# vigie_traefik_number TEXT: a number of Prometheus as a whole one, in `number`.
vigie_traefik_number() {
  [[ $1 =~ ^[0-9.]+(e[+][0-9]+)?$ ]] && printf -v number %.0f "$1"
}

# Requests by entry point and by service, from the metrics in `body`, into `line`; fails where there are none.
vigie_traefik_metrics() {
  local word words IFS=$'\n' number name requests=0 errors=0 all=0 all_errors=0 entered='' count=0
  local -A services=() service_errors=()
  # shellcheck disable=SC2206
  words=($body)
  [[ $body == *traefik_config_* || $body == *traefik_entrypoint_* ]] || return 1
  for word in "${words[@]}"; do
    case $word in
      'traefik_entrypoint_requests_total{'*'entrypoint="traefik"'* | 'traefik_entrypoint_requests_total{'*'entrypoint="metrics"'*) ;;
      'traefik_entrypoint_requests_total{'*)
        vigie_traefik_number "${word##* }" || continue
        ((entered = 1, requests += number))
        [[ $word == *'code="5'* ]] && ((errors += number))
        ;;
      'traefik_service_requests_total{'*)
        vigie_traefik_number "${word##* }" || continue
        name=${word#*service=\"} name=${name%%\"*}
        # The point, because a name may be one that bash takes for all of them.
        ((all += number)) || :
        services[.$name]=$((${services[.$name]:-0} + number))
        [[ $word == *'code="5'* ]] || continue
        ((all_errors += number)) || :
        service_errors[.$name]=$((${service_errors[.$name]:-0} + number))
        ;;
    esac
  done
  [[ $entered ]] || requests=$all errors=$all_errors
  line+=" requests=$requests s5=$errors"
  for name in "${!services[@]}"; do
    ((count++ < 40)) || break
    vigie_escape "${name#.}"
    line+=" service:${escaped//[=\/]/?}=${services[$name]}/${service_errors[$name]:-0}"
  done
}

vigie_part_traefik() {
  local body status line='' part="$1 traefik" metrics
  vigie_clock
  vigie_traefik_get "$1" /metrics
  metrics=$?
  ((metrics != 1)) || return 0
  ((metrics == 0)) && ! vigie_traefik_metrics && metrics=2
  # Where it is off it stays off until Traefik starts again, and then this note is gone.
  if [[ ! ${notes[$part mute]} ]]; then
    if vigie_traefik_get "$1" /api/overview; then
      body=${body//[[:space:]]/}
      [[ $body =~ \"http\":\{\"routers\":\{\"total\":([0-9]{1,9}),\"warnings\":[0-9]+,\"errors\":([0-9]{1,9}) ]] &&
        line+=" routers=${BASH_REMATCH[1]} routers-in-error=${BASH_REMATCH[2]}"
    elif [[ $status == 404 ]]; then
      notes[$part mute]=1
    elif [[ ! $status ]]; then
      return 0
    fi
  fi
  if [[ $line ]]; then
    vigie_say "part $1 traefik$line"
  else
    vigie_error "$1" traefik "neither its metrics nor its API answer at port ${p_port[$part]:-8080} (${status:-no answer});" \
      'add to its command --metrics.prometheus=true and --api.insecure=true, and do not publish that port'
  fi
}

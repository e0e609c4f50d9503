# --- PostgreSQL -------------------------------------------------------------------------------------------------------
#
# Through psql in the container, kept open: the local socket is usually trusted, and its protocol asks for SCRAM, which
# is too much for a shell. One program of Docker's stays for each, some 20 MB: so only PostgreSQL is asked like this.

# The first line is the password, which thus is on no command line; then psql reads the questions.
# shellcheck disable=SC2016
vigie_postgres_session='IFS= read -r PGPASSWORD
if [ "$PGPASSWORD" ]; then export PGPASSWORD; else unset PGPASSWORD; fi
export PGCONNECT_TIMEOUT=2 PGAPPNAME=vigie PGOPTIONS="-c statement_timeout=1000 -c default_transaction_read_only=on"
exec psql -X -A -t -q -w -U "${1:-${POSTGRES_USER:-postgres}}" -d "${POSTGRES_DB:-postgres}" 2>&1'

# One figure to a line, each question by itself, so that one that is refused takes no other with it. PostgreSQL counts
# transactions, not queries. Who may not see what others do is not told that nobody does anything.
vigie_postgres_questions="SELECT 'version='||split_part(current_setting('server_version'),' ',1),
 'uptime='||floor(extract(epoch FROM now()-pg_postmaster_start_time())), 'max-connections='||current_setting('max_connections'),
 'replica='||CASE WHEN pg_is_in_recovery() THEN 'yes' ELSE 'no' END;
SELECT 'connections='||sum(numbackends), 'queries='||sum(xact_commit+xact_rollback), 'buffer-reads='||sum(blks_read),
 'buffer-requests='||sum(blks_hit+blks_read) FROM pg_stat_database;
SELECT 'waiting='||count(DISTINCT pid) FROM pg_locks WHERE NOT granted;
SELECT 'running='||count(*), 'longest='||greatest(0,coalesce(round(extract(epoch FROM max(clock_timestamp()-query_start))::numeric,3),0))
 FROM pg_stat_activity WHERE state='active' AND backend_type='client backend' AND pid<>pg_backend_pid() HAVING pg_has_role('pg_read_all_stats','USAGE');
SELECT 'longest-text='||regexp_replace(left(query,400),E'[[:cntrl:]]+',' ','g') FROM pg_stat_activity
 WHERE state='active' AND backend_type='client backend' AND pid<>pg_backend_pid() AND pg_has_role('pg_read_all_stats','USAGE') ORDER BY query_start LIMIT 1;
SELECT 'replica-running='||CASE WHEN EXISTS(SELECT FROM pg_stat_wal_receiver WHERE status='streaming') THEN 'yes' ELSE 'no' END,
 'lag='||CASE WHEN pg_last_wal_receive_lsn()=pg_last_wal_replay_lsn() THEN 0
 ELSE round(extract(epoch FROM now()-pg_last_xact_replay_timestamp())::numeric,3) END WHERE pg_is_in_recovery() AND pg_has_role('pg_read_all_stats','USAGE');"
vigie_postgres_size="SELECT 'size='||sum(pg_database_size(oid)) FROM pg_database
 HAVING bool_and(has_database_privilege(oid,'CONNECT') OR pg_has_role('pg_read_all_stats','USAGE'));"
vigie_postgres_running="SELECT 'row='||round(extract(epoch FROM clock_timestamp()-query_start)::numeric,3)||' s  '||coalesce(usename,'-')||'@'||
 coalesce(datname,'-')||coalesce('  waits for '||wait_event,''), 'text='||regexp_replace(left(query,400),E'[[:cntrl:]]+',' ','g')
 FROM pg_stat_activity WHERE state='active' AND pid<>pg_backend_pid() AND pg_has_role('pg_read_all_stats','USAGE') ORDER BY query_start LIMIT 40;
SELECT 'blind=' WHERE NOT pg_has_role('pg_read_all_stats','USAGE');"

# vigie_postgres_open ID: a session; its answers come from links["ID postgres"], questions go to links["ID postgres to"].
#
# That is a pipe that only this process writes to, so the session ends with it, whatever happens.
vigie_postgres_open() {
  local part="$1 postgres" from to secret='' tether=()
  [[ ${leash[0]} == setpriv ]] && tether=("${leash[@]}")
  [[ ${links[$part]} ]] && return 0
  vigie_secret "$1" postgres || return 1
  exec {to}<> <(:)
  exec {from}< <(
    exec 0<"/dev/fd/$to" {to}>&- {life}>&-
    for from in "${links[@]}" "${fds[@]}"; do exec {from}>&-; done
    exec "${tether[@]}" "${via[@]}" docker exec -i "$1" sh -c "$vigie_postgres_session" vigie "${p_user[$part]}" 2>&1
  )
  links[$part]=$from links[$part to]=$to
  printf '%s\n%s\n' "$secret" "\\pset fieldsep '\\n'" >&"$to"
}

# vigie_postgres_ask ID QUESTIONS: what it says, in `ran`; otherwise says why it does not, and fails.
vigie_postgres_ask() {
  local part="$1 postgres" line end="vigie-$RANDOM$RANDOM" limit=$((SECONDS + 2)) status=0 last='' was=${links[$1 postgres]}
  ran=()
  vigie_postgres_open "$1" || return 1
  printf '%s\n%s\n' "$2" "\\echo $end" >&"${links[$part to]}"
  while ((SECONDS <= limit)); do
    status=0
    IFS='' read -r -t 1.8 -u "${links[$part]}" line || status=$?
    [[ $line == "$end" ]] && return 0
    [[ $line ]] && last+=" $line"
    ((status == 0)) || break
    ((${#ran[@]} < 400)) && ran+=("$line")
  done
  vigie_hangup "$part"
  ((status == 0 || status > 128)) && last=late
  # A session that was open ends with its server: that says nothing about the one that runs now.
  if [[ $was && $last != late ]]; then
    vigie_postgres_ask "$@"
    return
  fi
  vigie_postgres_refused "$1" "$last"
  return 1
}

# vigie_postgres_refused ID TEXT: why the session ended. What is a matter of settings is tried again after a minute only.
vigie_postgres_refused() {
  local user=${p_user[$1 postgres]:-postgres} reason say=vigie_wait
  case $2 in
    *'too many clients'* | *'remaining connection slots'*)
      reason='it is full, all its connections are taken; end what holds them, or raise max_connections'
      say=vigie_error
      ;;
    late)
      reason='it did not answer within 2 seconds; see its log, and what queries run in it'
      say=vigie_error
      ;;
    *'does not exist'*)
      reason="it refuses the user $user or its database (does not exist); in the fleet file, for this service: user: \"NAME\","
      reason+=' and in the database GRANT pg_monitor TO it'
      ;;
    *assword* | *authentication*)
      reason="it refuses the user $user without the right password; in the fleet file, for this service: user: \"NAME\","
      reason+=' secret: { variable: "POSTGRES_PASSWORD" }'
      ;;
    *'not found'*) reason='its container has no psql, which is how it is asked; add postgresql-client to the image' ;;
    *'permission denied'*'docker'*) reason='this user may not use Docker; add it to the docker group' ;;
    *) reason="psql ended with:${2:0:200}; try docker exec CONTAINER psql on the host" ;;
  esac
  "$say" "$1" postgres "$reason"
}

vigie_part_postgres() {
  local part="$1 postgres" questions=$vigie_postgres_questions line='' word masked
  vigie_clock
  if ((now >= ${notes[$part seldom]:-0})); then
    notes[$part seldom]=$((now + 600000))
    unset "notes[$part size]"
    questions+=$'\n'$vigie_postgres_size
  fi
  vigie_postgres_ask "$1" "$questions" || return 0
  for word in "${ran[@]}"; do
    case $word in
      size=[0-9]*) notes[$part size]=${word#size=} ;;
      longest-text=*)
        vigie_masked "${word#longest-text=}"
        vigie_escape "$masked"
        line+=" longest-text=$escaped"
        ;;
      [a-z]*=*)
        vigie_escape "$word"
        line+=" $escaped"
        ;;
    esac
  done
  ran=()
  if [[ $line ]]; then
    vigie_say "part $1 postgres$line${notes[$part size]:+ size=${notes[$part size]}}"
  else
    vigie_error "$1" postgres 'psql told none of its figures; try docker exec CONTAINER psql on the host'
  fi
}

vigie_postgres_queries() {
  local word row='' masked count=0
  vigie_postgres_ask "$1" "$vigie_postgres_running" || return 0
  for word in "${ran[@]}"; do
    case $word in
      blind=) vigie_say 'this user sees no queries but its own; GRANT pg_monitor TO it' && return ;;
      row=*) row=${word#row=} ;;
      text=*)
        vigie_masked "${word#text=}"
        vigie_say "$row  $masked"
        ((++count))
        ;;
    esac
  done
  ((count)) || vigie_say 'no query runs right now'
}

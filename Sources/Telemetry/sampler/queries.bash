# --- What runs in a database ------------------------------------------------------------------------------------------

# vigie_masked TEXT: a query without what stands in quotes, on one line and of at most 120 bytes, in `masked`.
vigie_masked() {
  local rest=${1//\\?/} before quote words
  masked='' rest=${rest//[[:cntrl:]]/ }
  while [[ $rest == *[\'\"]* ]]; do
    before=${rest%%[\'\"]*} quote=${rest:${#before}:1} rest=${rest:${#before}+1}
    masked+="$before?"
    if [[ $rest == *"$quote"* ]]; then rest=${rest#*"$quote"}; else rest=''; fi
  done
  # shellcheck disable=SC2206
  words=($masked$rest)
  masked=${words[*]} masked=${masked:0:120}
}

# vigie_tell_queries ID: the queries that run now, the longest first.
vigie_tell_queries() {
  local part="$1 mysql" fd fresh limit=$((SECONDS + 3)) code='' rows names values version row time=TIME
  if [[ ${asks[$1 postgres]} ]]; then
    vigie_postgres_queries "$1"
    return
  fi
  vigie_mysql_ready "$1" || return 0
  [[ ${notes[$part version]} == *MariaDB* ]] && time='ROUND(TIME_MS/1000,3)'
  if ! vigie_mysql_ask "$fd" 'SELECT 1 FROM information_schema.INNODB_CMP LIMIT 1' || [[ ! ${rows[0]} ]]; then
    vigie_say "the user ${p_user[$part]} sees no queries but its own; GRANT PROCESS ON *.* to it"
    return
  fi
  if ! vigie_mysql_ask "$fd" "SELECT $time, USER, IFNULL(DB, ''), IFNULL(STATE, ''), LEFT(INFO, 400) $vigie_mysql_others 40"; then
    vigie_say 'it did not tell them within 2 seconds; see its log'
    return
  fi
  ((${#rows[@]})) || vigie_say 'no query runs right now'
  for row in "${rows[@]}"; do
    vigie_mysql_values "$row"
    vigie_masked "${values[4]}"
    vigie_say "${values[0]} s  ${values[1]}@${values[2]:--}  ${values[3]:+${values[3]}: }$masked"
  done
}

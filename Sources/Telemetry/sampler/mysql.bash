# --- MariaDB, MySQL, Percona ------------------------------------------------------------------------------------------

# What is asked of all of them. In one line, because bash writes each line by itself, and the second would wait for the first.
vigie_mysql_status="'Uptime','Threads_connected','Threads_running','Questions','Slow_queries','Innodb_buffer_pool_reads',\
'Innodb_buffer_pool_read_requests','Innodb_row_lock_waits','Innodb_row_lock_current_waits'"
vigie_mysql_others="FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND INFO IS NOT NULL AND USER <> 'system user' \
AND COMMAND NOT IN ('Sleep','Binlog Dump','Binlog Dump GTID','Daemon') ORDER BY TIME DESC LIMIT"

# vigie_mysql_figures ID: all figures in `line`; fails where the connection is of no more use. What is refused is left out.
vigie_mysql_figures() {
  local word name said='' longest='' version time=TIME table=performance_schema.global_status
  vigie_mysql_seldom || return 1
  version=${notes[$part version]}
  [[ $version == *MariaDB* ]] && time='ROUND(TIME_MS/1000,3)'
  [[ $version == *MariaDB* || $version == 5.[0-6].* ]] && table=information_schema.GLOBAL_STATUS
  # Without the privilege PROCESS the others' queries are not seen, so whether there are any is not known.
  [[ ${notes[$part sees]} == yes ]] && longest="SELECT CONCAT('longest=',$time,' ',LEFT(INFO,400)) $vigie_mysql_others 1"
  # All in one row where it can be had like that: what a row costs here is more than what the question costs there.
  if [[ ! ${notes[$part apart]} ]]; then
    vigie_mysql_ask "$fd" "SELECT CONCAT_WS(' ',IF(@@group_concat_max_len<1024,NULL,\
GROUP_CONCAT(LOWER(VARIABLE_NAME),'=',VARIABLE_VALUE SEPARATOR ' ')),CONCAT('max_connections=',@@max_connections)${longest:+,\
($longest)}) AS f FROM $table WHERE VARIABLE_NAME IN ($vigie_mysql_status)" || (($? == 1)) || return 1
    vigie_mysql_values "${rows[0]}"
    said=${values[0]}
    [[ ${said%% longest=*} == *uptime=* ]] || notes[$part apart]=1
  fi
  if [[ ${notes[$part apart]} ]]; then vigie_mysql_apart || return 1; fi
  vigie_escape "${version%%-*}"
  line=" version=$escaped"
  for word in ${said%% longest=*}; do
    case $word in
      uptime=*) name=uptime ;;
      threads_connected=*) name=connections ;;
      threads_running=*) name=running ;;
      questions=*) name=queries ;;
      slow_queries=*) name=slow ;;
      innodb_buffer_pool_reads=*) name=buffer-reads ;;
      innodb_buffer_pool_read_requests=*) name=buffer-requests ;;
      innodb_row_lock_waits=*) name=lock-waits ;;
      innodb_row_lock_current_waits=*) name=waiting ;;
      max_connections=*) name=max-connections ;;
      *) continue ;;
    esac
    word=${word#*=}
    [[ $word && $word != *[!0-9]* ]] || continue
    # The thread that runs this question is not what is meant.
    [[ $name == running ]] && word=$((word > 0 ? word - 1 : 0))
    line+=" $name=$word"
  done
  if [[ $said == *' longest='* ]]; then
    word=${said#* longest=}
    vigie_masked "${word#* }"
    vigie_escape "$masked"
    [[ ${word%% *} =~ ^[0-9.]+$ ]] && line+=" longest=${word%% *} longest-text=$escaped"
  elif [[ $longest && ! $code ]]; then
    line+=' longest=0'
  fi
  line+="${notes[$part size]:+ size=${notes[$part size]}}${notes[$part replication]}"
}

# The same one by one, for a server that refuses the one question, into `said`.
vigie_mysql_apart() {
  local row
  said=''
  vigie_mysql_ask "$fd" "SHOW GLOBAL STATUS WHERE Variable_name IN ($vigie_mysql_status)" || (($? == 1)) || return 1
  for row in "${rows[@]}"; do
    vigie_mysql_values "$row"
    said+=" ${values[0],,}=${values[1]}"
  done
  vigie_mysql_ask "$fd" 'SELECT @@max_connections' || (($? == 1)) || return 1
  vigie_mysql_values "${rows[0]}"
  said+=" max_connections=${values[0]}"
  if [[ $longest ]]; then
    vigie_mysql_ask "$fd" "$longest" || (($? == 1)) || return 1
    vigie_mysql_values "${rows[0]}"
    said+=" ${values[0]}"
  fi
}

# What is asked once in ten minutes, and of a server that copies from no other whether it does, once a minute.
vigie_mysql_seldom() {
  local query="SELECT /*+ MAX_EXECUTION_TIME(1000) */ SUM(TOTAL_EXTENTS * EXTENT_SIZE) FROM information_schema.FILES"
  vigie_clock
  if [[ ! ${notes[$part sees]} ]] || ((now >= ${notes[$part seldom]:-0})); then
    notes[$part seldom]=$((now + 600000)) notes[$part sees]=no
    vigie_mysql_ask "$fd" 'SELECT 1 FROM information_schema.INNODB_CMP LIMIT 1' || (($? == 1)) || return 1
    [[ ${rows[0]} ]] && notes[$part sees]=yes
    # The files' sizes: to add up information_schema.TABLES would open every table, and leave out those that this user may not see.
    [[ ${notes[$part version]} == *MariaDB* ]] &&
      query='SET STATEMENT max_statement_time=1 FOR SELECT SUM(FILE_SIZE) FROM information_schema.INNODB_SYS_TABLESPACES'
    vigie_mysql_ask "$fd" "$query" || (($? == 1)) || return 1
    vigie_mysql_values "${rows[0]}"
    unset "notes[$part size]"
    [[ ${values[0]} =~ ^[1-9][0-9]*$ ]] && notes[$part size]=${values[0]}
  fi
  [[ ${notes[$part replication]} == *=yes* ]] || ((now >= ${notes[$part copies]:-0})) || return 0
  notes[$part copies]=$((now + 60000))
  vigie_mysql_replication
}

vigie_mysql_replication() {
  local row index query runs='' lag='' all=yes known=1
  notes[$part replication]=''
  for query in 'SHOW ALL SLAVES STATUS' 'SHOW REPLICA STATUS' 'SHOW SLAVE STATUS'; do
    if [[ ${notes[$part version]} == *MariaDB* ]]; then [[ $query == *ALL* ]]; else [[ $query != *ALL* ]]; fi || continue
    vigie_mysql_ask "$fd" "$query"
    case $? in
      0) break ;;
      2) return 1 ;;
    esac
    # 1064: an older server, which does not know the word.
    ((code == 1064)) || return 0
  done
  [[ $code ]] && return 0
  if ((!${#rows[@]})); then
    notes[$part replication]=' replica=no'
    return 0
  fi
  for row in "${rows[@]}"; do
    vigie_mysql_values "$row"
    for index in "${!names[@]}"; do
      case ${names[index]} in
        *_IO_Running | *_SQL_Running)
          runs=1
          [[ ${values[index]} == Yes ]] || all=no
          ;;
        Seconds_Behind_*)
          if [[ ${values[index]} =~ ^[0-9]+$ ]]; then ((values[index] > ${lag:--1})) && lag=${values[index]}; else known=''; fi
          ;;
      esac
    done
  done
  notes[$part replication]=" replica=yes${runs:+ replica-running=$all}"
  [[ $known && $lag ]] && notes[$part replication]+=" lag=$lag"
  return 0
}

vigie_part_mysql() {
  local part="$1 mysql" fd fresh limit=$((SECONDS + 1)) line='' code='' rows names values version
  vigie_mysql_ready "$1" || return 0
  if ! vigie_mysql_figures "$1"; then
    vigie_hangup "$part"
    if [[ ! $fresh ]]; then
      # It may have started again, or have closed a connection that it found idle.
      vigie_mysql_ready "$1" || return 0
      vigie_mysql_figures "$1" && fresh=''
    fi
    if [[ $fresh ]]; then
      vigie_hangup "$part"
      vigie_error "$1" mysql 'it did not answer within 2 seconds; see its log, and what queries run in it'
      return 0
    fi
  fi
  vigie_say "part $1 mysql$line"
}

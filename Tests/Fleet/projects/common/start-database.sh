#!/bin/sh
# Starts MariaDB with a user for monitoring, whose password is only in the variable MONITOR_PASSWORD.
set -eu
umask 077
{
    cat /etc/mysql/init.sql
    printf "CREATE OR REPLACE USER 'monitor'@'%%' IDENTIFIED BY '%s';\n" "$MONITOR_PASSWORD"
    echo "GRANT PROCESS, BINLOG MONITOR, REPLICA MONITOR ON *.* TO 'monitor'@'%';"
} >/tmp/init.sql
chown mysql /tmp/init.sql
exec mariadbd --user=mysql --init-file=/tmp/init.sql

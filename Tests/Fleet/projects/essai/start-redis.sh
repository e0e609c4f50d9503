#!/bin/sh
# Starts Redis with a password that is only in a file, and on no command line.
set -eu
umask 077
{
    cat /etc/redis.conf
    echo "requirepass $(cat /run/redis-password)"
} >/tmp/redis.conf
exec redis-server /tmp/redis.conf

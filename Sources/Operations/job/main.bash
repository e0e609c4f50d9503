# ----------------------------------------------------------------------------------------------------------------------

exec 2> /dev/null
read -r boot < /proc/sys/kernel/random/boot_id
if [[ $VIGIE_PLACE ]]; then vigie_work; else vigie_session; fi
exit 0

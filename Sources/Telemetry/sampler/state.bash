# The sampler: what one host tells the console, as the lines of docs/protocol.md. Bash 4.2 or later.
#
# It runs as the user who logged in, writes nothing to disk and changes nothing on the host. A sample forks no process:
# `read` and `mapfile` take the kernel's files in, and `read -t` on the orders is the sleep. What must be another
# program (docker, journalctl, df) runs beside it, on a leash where it would stay, and its output is taken in without ever waiting for it.
# What another program said is data: it is never evaluated, and never used as a pattern or a format.

set -f
LC_ALL=C IFS=$' \t\n'
declare -A fds=() pids=() tails=() can=() mounts=() roots=() memory=() slot=() known=() changed=() dead=()
# Of the parts: what was ordered, where each container is, and what the child that asks keeps of them.
declare -A asks=() p_port=() p_path=() p_user=() p_secret=() p_address=() p_pid=() where=() tells=() told=()
declare -A links=() notes=() due=() secrets=() proven=() blocked=() why=() nulls=() spoken=()
c_id=() c_pid=() c_cpu=() c_acct=() c_memory=() c_blkio=() c_pids=() c_fresh=() c_usage=() c_used=() c_total=() c_cache=() c_io=() c_moved=()
disks=() df_without=() lines=() via=() leash=()
seq=0 slots=0 asked=0 asked_seq=-1 heard_at=0 inactive_line=0 periods_line=0 kills_line=0 journal_seq=-1 journal_left=40 journal_behind=0 disk_lines=-1
engine=unknown life='' order='' followed='' began=0
parts_interval=10000 parts_at=0 parts_heard=0 parts_via='' asks_made=0 asking='' telling='' talk='' ran=() parts_hung=''

# For the recordings' scripts: waiting for what they started and stopped.

# await TEST...: until the test holds, for at most ten seconds.
await() {
	for _ in $(seq 100); do
		! "$@" 2>/dev/null || return 0
		sleep 0.1
	done
	echo "in vain: $*" >&2
	return 1
}

gone() { ! kill -0 "$1" 2>/dev/null; }

# listening ADDRESS PORT
listening() { bash -c "</dev/tcp/$1/$2"; }

# stop PIDFILE: end the process whose id is there, and wait for it.
stop() {
	local pid
	pid=$(tr -d ' ' <"$1")
	kill "$pid"
	await gone "$pid"
}

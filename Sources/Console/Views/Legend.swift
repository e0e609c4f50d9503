/// What signs, words and headings mean that are short for want of room.
enum Legend {
  static let signs: [(keys: String, help: String)] = [
    ("! w i -", "An incident: critical, warning, notice; over."),
    ("×3", "It happened 3 times."),
    ("●", "A marked container: the next action is about all that are marked."),
    ("▲ ▼", "The list is sorted by this column, upwards or downwards."),
    ("5s 4m 3h 2d", "How old it is, or how long it took: seconds, minutes, hours, days."),
    ("?", "Not known, or nothing to measure: a hit rate without look-ups."),
    ("4/4 +9", "4 of 4 PHP workers are busy, and 9 requests wait for one."),
    ("live 2s", "The host is connected; its last sample is 2 seconds old."),
    ("stale 14s", "Nothing came for 14 seconds: what is shown is old, and drawn so."),
    ("retry 8s", "The host was not reached; it is tried again in 8 seconds."),
    ("queued, connecting", "The connection waits for its turn, or is being made."),
    ("starting", "It is connected, and its first sample is on its way."),
    ("needs you", "ssh asks something that only a person can answer."),
    ("refused", "ssh or the host will not have it: the reason stands beside."),
  ]

  static let columns: [(keys: String, help: String)] = [
    ("Worst", "The worst of the host's open incidents, or why nothing is known of it."),
    ("Narrowest", "The part of the site that holds it up, or would first."),
    ("Ctrs", "Containers that run, of all that the host has."),
    ("/limit", "The container's limit of CPU cores, or of memory."),
    ("Thr", "Share of time slices in which the container's CPU limit held it back."),
    ("In/s, Out/s", "Bytes received and sent a second."),
    ("Rst", "How often Docker restarted it by itself."),
    ("Age", "How long ago the container was started."),
    ("Ever", "Hit rate since the start, or the last reset."),
    ("Cl", "Clients that are connected."),
  ]
}

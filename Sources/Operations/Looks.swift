internal import Fleet
internal import Telemetry

/// How what is acted on is seen, before and after.
extension Look {
  /// One container's state, health and limits, on one line.
  static func container(_ target: Target, _ id: String, wanted: String? = nil, words: String = "") -> Look {
    let format =
      "state={{.State.Status}} health={{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} "
      + "restarts={{.RestartCount}} cpus={{.HostConfig.NanoCPUs}} memory={{.HostConfig.Memory}} "
      + "swap={{.HostConfig.MemorySwap}} started={{.State.StartedAt}} id={{slice .ID 0 12}}"
    return Look(
      target.docker + ["inspect", "--type", "container", "--format", format, id], wanted: wanted, words: words,
      isNeeded: wanted != nil)
  }

  /// Whether a container is there no more.
  static func containerGone(_ target: Target, _ id: String) -> Look {
    let list = target.docker + ["ps", "--all", "--no-trunc", "--filter", "id=\(id)", "--format", "state={{.State}}"]
    let line = ShellWord.line(list)
    // Docker that does not answer is no sign that it is gone.
    return Look(
      ["sh", "-c", "all=$(\(line)) && echo \"${all:-state=removed}\""], wanted: "state=removed", words: "removed",
      isNeeded: true)
  }

  /// All containers of a Compose service, sorted: every other state comes before `running`.
  static func service(_ target: Target, _ project: String, _ service: String) -> Look {
    Look(
      ["sh", "-c", "\(list(target, project, service)) | LC_ALL=C sort | paste -sd ';'"],
      wanted: "running!(*'(health: starting)'*|*'(unhealthy)'*)", words: "running and healthy", isNeeded: true)
  }

  /// Each container of a service on a line: state, name, status in parentheses.
  private static func list(_ target: Target, _ project: String, _ service: String) -> String {
    ShellWord.line(
      target.docker + [
        "ps", "--all", "--filter", "label=com.docker.compose.project=\(project)", "--filter",
        "label=com.docker.compose.service=\(service)", "--filter", "label=com.docker.compose.oneoff=False", "--format",
        "{{.State}} {{.Names}} ({{.Status}})",
      ])
  }

  /// How many containers of a service run, and how many of those are healthy or have no health check.
  static func replicas(_ target: Target, _ project: String, _ service: String, count: Int) -> Look {
    let script = """
      all=$(\(list(target, project, service))) || exit 1
      running=0 ready=0 names=
      while read -r state name status; do
        [ "$state" ] || continue
        names=$names,$name
        [ "$state" = running ] || continue
        running=$((running + 1))
        case $status in *'(health: starting)'*|*'(unhealthy)'*) ;; *) ready=$((ready + 1)) ;; esac
      done <<END
      $all
      END
      echo "running=$running ready=$ready containers=${names#,}"
      """
    return Look(
      ["sh", "-c", script], wanted: "running=\(count) ready=\(count) *",
      words: count == 0 ? "none of it runs" : "\(count) of it running and healthy",
      isNeeded: true)
  }

  static let runningAndHealthy = "state=running health=@(healthy|none) *"
}

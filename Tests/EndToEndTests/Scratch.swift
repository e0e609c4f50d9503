import Fleet
import Testing

/// Containers of a test's own, which nobody misses.
enum Scratch {
  /// A container that takes ten seconds to stop, because it does not heed SIGTERM; or one that stops at once.
  /// - Parameter labels: those of Compose besides project and service.
  @discardableResult
  static func start(
    _ name: String, on host: String = "staging", project: String = "scratch", isSlow: Bool = true,
    labels: [String: String] = [:]
  ) throws -> (id: String, startedAt: String) {
    remove(name, on: host)
    let all = ["project": project, "service": name].merging(labels) { $1 }
    let words = all.sorted { $0.key < $1.key }.flatMap { ["--label", "com.docker.compose.\($0.key)=\($0.value)"] }
    let program = isSlow ? ["busybox:1.35", "sh", "-c", "trap '' TERM; sleep 600"] : ["busybox:1.35", "sleep", "600"]
    let line = ShellWord.line(
      ["docker", "run", "--detach", "--name", name] + (isSlow ? [] : ["--init"]) + words + program)
    let started = Rig.on(host, line)
    try #require(started.status == 0, "\(started.output)")
    return (inspected(name, "{{.Id}}", on: host), inspected(name, "{{.State.StartedAt}}", on: host))
  }

  static func remove(_ names: String..., on host: String = "staging") {
    Rig.on(host, "docker rm --force \(names.joined(separator: " ")) 2>/dev/null || true")
  }

  static func inspected(_ name: String, _ format: String, on host: String = "staging") -> String {
    Rig.on(host, "docker inspect --format '\(format)' \(name)").text
  }
}

extension Screen {
  /// An unlocked console with a filter on its containers, of which `alone` wants one.
  static func unlocked(on filter: String, _ place: Place, alone: Bool = true) async throws -> Screen {
    let screen = Screen(place)
    try await screen.waitUntilLive()
    if alone {
      try await screen.select(container: filter)
    } else {
      screen.press("2", "/")
      screen.type(filter)
      screen.press("Enter")
    }
    screen.press("u")
    try await screen.wait(for: "UNLOCKED")
    return screen
  }

  /// The screen's words in their order, without frames: what is wrapped reads as it was written.
  static func words(_ text: String) -> String {
    text.split { $0.isWhitespace || "│┌┐└┘─".contains($0) }.joined(separator: " ")
  }

  /// Waits for words, however they are wrapped.
  @discardableResult
  func wait(forWords words: String, limit: Duration = .seconds(20)) async throws -> String {
    try await wait(for: "\"\(words)\"", limit: limit) { Self.words($0).contains(words) }
  }
}

extension Place {
  /// All that was recorded, in its order.
  var records: [Value] {
    String(decoding: contents(of: state + "/audit.jsonl"), as: UTF8.self).split(separator: "\n")
      .compactMap { try? Value(json: Array($0.utf8)) }
  }
}

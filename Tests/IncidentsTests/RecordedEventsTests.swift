import Fleet
import Telemetry
import Testing

@testable import Incidents

/// What Docker 20.10 with Compose 5 said on the test fleet's `staging`, and what a person should see of it.
struct RecordedEventsTests {
  struct Scene: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// As `docker events` said it: the action, the container where it is another, `(exit code)`, `signal=N`.
    var events: [String]
    /// All that the book then holds, newest first; what is over has a `-` before it.
    var incidents: [String]
  }

  static let scenes = [
    Scene(
      testDescription: "docker stop", events: ["kill signal=15", "die (0)", "stop"],
      incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "docker stop, and start again", events: ["kill signal=15", "die (143)", "stop", "start"],
      incidents: ["-notice container-stopped"]),
    Scene(
      testDescription: "docker restart, and compose restart",
      events: ["kill signal=15", "die (0)", "stop", "start", "restart"], incidents: ["-notice container-stopped"]),
    Scene(
      testDescription: "docker stop of one that has to be killed",
      events: ["kill signal=15", "kill signal=9", "die (137)", "stop"], incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "docker stop in the order of later engines", events: ["kill signal=15", "stop", "die (143)"],
      incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "docker kill", events: ["kill signal=9", "die (137)"], incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "a stop whose kill was missed: the engine says `stop` after the end",
      events: ["die (143)", "stop"], incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "compose up --force-recreate",
      events: [
        "create 0cd4ffc39944_boutique-redis-1", "kill signal=15", "die (0)", "stop", "destroy", "rename", "start",
      ], incidents: ["-notice container-stopped"]),
    Scene(
      testDescription: "compose rm -sf, and up",
      events: ["kill signal=15", "die (143)", "stop", "destroy", "create", "start"],
      incidents: ["-notice container-stopped"]),
    Scene(
      testDescription: "docker run --rm true", events: ["create one-shot", "start one-shot", "die one-shot (0)"],
      incidents: ["notice container-stopped"]),
    Scene(
      testDescription: "the main process was killed from outside, and Docker started it again",
      events: ["die (137)", "start"], incidents: ["critical container-crashed"]),
    Scene(
      testDescription: "a crash after a restart by hand",
      events: ["kill signal=15", "die (0)", "stop", "start", "restart", "die (1)"],
      incidents: ["critical container-crashed", "-notice container-stopped"]),
    Scene(
      testDescription: "nginx -s reload by docker kill -s HUP, then a crash", events: ["kill signal=1", "die (1)"],
      incidents: ["critical container-crashed"]),
    Scene(
      testDescription: "more memory than allowed", events: ["oom", "die (137)"], incidents: ["critical out-of-memory"]),
    Scene(
      testDescription: "more memory than allowed, told after the end", events: ["die (137)", "oom"],
      incidents: ["critical out-of-memory"]),
    Scene(
      testDescription: "a command that fails at once, restarted always",
      events: ["start", "die (3)", "start", "die (3)", "start", "die (3)", "start", "die (3)"],
      incidents: ["critical container-restarting ×2", "-critical container-crashed ×2"]),
    Scene(
      testDescription: "the same, and docker rm -f", events: ["die (3)", "start", "die (3)", "destroy"],
      incidents: ["-critical container-crashed ×2"]),
    Scene(
      testDescription: "a health check that flaps",
      events: ["health_status: unhealthy", "health_status: healthy", "health_status: unhealthy"],
      incidents: ["critical container-unhealthy ×2"]),
    Scene(
      testDescription: "docker pause, and unpause", events: ["pause", "unpause"],
      incidents: ["-warning container-stopped"]),
  ]

  @Test(arguments: scenes) func `what the engine says becomes what a person should see`(_ scene: Scene) {
    var story = Story()
    story.inspected()
    for line in scene.events { story.engine(line) }
    #expect(story.withCleared == scene.incidents)
  }
}

extension Story {
  /// One line of a scene.
  mutating func engine(_ line: String) {
    let action = ContainerEvent.Action.allCases.filter { line.hasPrefix($0.rawValue) }
      .max { $0.rawValue.count < $1.rawValue.count }
    guard let action else {
      Issue.record("no such action: \(line)")
      return
    }
    var event = ContainerEvent(
      action: action, id: "a1", name: "boutique-redis-1", project: "boutique", service: "redis", at: now)
    for word in line.dropFirst(action.rawValue.count).split(separator: " ") {
      if word.hasPrefix("(") {
        event.exitCode = Int(word.dropFirst().dropLast())
      } else if word.hasPrefix("signal=") {
        event.signal = Int(word.dropFirst(7))
      } else {
        (event.id, event.name, event.project, event.service) = ("b2", String(word), nil, nil)
      }
    }
    wait(1)
    event.at = now
    tell(.containerEvent(event))
  }

  var withCleared: [String] { zip(book.incidents, all).map { ($0.clearedAt == nil ? "" : "-") + $1 } }
}

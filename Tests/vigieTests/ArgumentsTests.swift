import Testing

@testable import vigie

struct `The command line` {
  @Test func `of audit-log takes a host, a project, a time and a number`() throws {
    let arguments = try Arguments([
      "audit-log", "--json", "--host", "web-1", "--project", "boutique", "--since", "7d", "-n", "20",
    ])
    #expect(arguments.task == .auditLog && arguments.isJSON)
    #expect(arguments.host == "web-1" && arguments.project == "boutique" && arguments.count == 20)
    #expect(arguments.since == .seconds(7 * 86_400))
    #expect(try Arguments(["audit-log", "--since", "90m"]).since == .seconds(5400))
    #expect(try Arguments(["audit-log"]).count == nil)
  }

  @Test(arguments: [
    (["audit-log", "--since", "yesterday"], "--since takes a time such as 90m, 24h or 7d, not yesterday"),
    (["audit-log", "--since", "0h"], "--since takes a time such as 90m, 24h or 7d, not 0h"),
    (["audit-log", "-n", "0"], "-n takes a whole number from 1 to 1000000, not 0"),
    (["audit-log", "-n", "1.5"], "-n takes a whole number from 1 to 1000000, not 1.5"),
    (["replay", "x", "--speed", "0"], "--speed takes a number from 0.1 to 1000, not 0"),
    (["audit-log", "x"], "audit-log takes options, and no file"),
    (["audit-log", "--once"], "--once goes with no command, or with replay"),
    (["--host", "web-1"], "--host, --project, --since and -n go with audit-log"),
    (["check", "--json"], "--json goes with --once or audit-log"),
    (["audit-lgo"], "there is no command audit-lgo; did you mean audit-log?"),
  ]) func `that makes no sense is refused in one sentence`(words: [String], message: String) {
    #expect(throws: UsageError(message: message)) { try Arguments(words) }
  }
}

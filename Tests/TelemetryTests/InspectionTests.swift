import FoundationEssentials
import Testing

@testable import Telemetry

/// What may be shown of an inspection.
@Suite struct `An inspection` {
  static func recorded() throws -> [UInt8] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Inspections/secrets.json")
    return Array(try Data(contentsOf: file))
  }

  @Test func `of a real container shows none of its secrets, and all the rest as Docker prints it`() throws {
    let bytes = try Self.recorded()
    let text = String(decoding: bytes, as: UTF8.self)
    let secrets = Set(text.matches(of: #/fake-hunter-\d\d/#).map { String($0.output) })
    #expect(secrets.count == 13)
    let lines = try #require(Inspection.lines(of: bytes))
    let shown = lines.joined(separator: "\n")
    #expect(!shown.contains("fake-") && !shown.contains("hunter") && !shown.contains("$er06"))
    let before = text.split(separator: "\n").map(String.init)
    #expect(lines.count == before.count)
    let changed = zip(before, lines).filter { $0 != $1 }.map { $1.drop { $0 == " " } }
    #expect(
      changed == [
        "\"***\",", "\"***\",",
        "\"Output\": \"Warning: Using a password *** '-a' *** '-u' option on the command line interface may not be safe."
          + "\\nAUTH *** WRONGPASS invalid username-password pair or user is disabled."
          + "\\nNOAUTH Authentication required.\\n\\n\"",
        "\"MULTI=***\",", "\"DATABASE_URL=***\",", "\"REDIS_PASSWORD=***\",", "\"SMTP=***\",", "\"PLAIN=***\"",
        "\"***\",", "\"***\",",
        "\"redis-cli -a *** ping || curl -u *** -H \\\"Authorization:***\"", "\"com.example.api-token\": \"***\",",
        "\"com.example.json\": \"{\\\"host\\\":\\\"db\\\",\\\"password\\\":***\",",
        "\"com.example.note\": \"backup to https://***@backup.example/x\",",
        "\"traefik.http.middlewares.admin.basicauth.users\": \"***\",",
      ])
    #expect(text.contains("\"APP_VERSION=1.4.2\"") && shown.contains("\"APP_VERSION=1.4.2\""))
  }

  @Test func `that is cut anywhere is not shown`() throws {
    let bytes = try Self.recorded()
    for end in stride(from: 0, to: bytes.count - 2, by: 97) { #expect(Inspection.lines(of: bytes[..<end]) == nil) }
    #expect(Inspection.lines(of: Array("Error: No such container: web".utf8)) == nil)
    #expect(Inspection.lines(of: Array("[{\"Env\":[\"A=\u{FF}".utf8) + [0xFF] + Array("\"]}]".utf8)) == nil)
    #expect(Inspection.lines(of: Array("[] []".utf8)) == nil)
  }

  @Test func `that is too long or too deep is not shown`() {
    #expect(Inspection.lines(of: [UInt8](repeating: 0x20, count: Inspection.longest) + Array("{}".utf8)) == nil)
    #expect(Inspection.lines(of: Array(String(repeating: "[", count: 100_000).utf8)) == nil)
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(Inspection.lines(of: Array(deep.utf8))?.count == 119)
  }

  @Test func `holds nothing that could steer a terminal`() throws {
    let lines = try #require(
      Inspection.lines(of: Array(#"{"a":"\u001b[2J\u009b1m‮x\n","\u0007":"\ud83d\ude00 \ud83d"}"#.utf8)))
    #expect(lines == ["{", #"    "a": "\u001b[2J\u009b1m·x\n","#, #"    "\u0007": "😀 �""#, "}"])
  }

  /// A list of texts as one command line; what of it is shown.
  private func masked(_ words: [String]) -> [String] {
    let value = Inspection.masked(.object([.init(name: "Args", value: .array(words.map { .text($0) }))]))
    guard case .object(let members) = value, case .array(let values)? = members.first?.value else { return [] }
    return values.map { if case .text(let text) = $0 { text } else { "?" } }
  }

  @Test(arguments: [
    (
      ["redis-server", "--requirepass", "hunter2", "--port", "1"],
      ["redis-server", "--requirepass", "***", "--port", "1"]
    ),
    (["--requirepass", "two words"], ["--requirepass", "***"]),
    (["--requirepass", "-hunter2"], ["--requirepass", "***"]),
    (["--db-password=hunter2 with blanks", "x"], ["--db-password=***", "x"]),
    (["mysqladmin", "-uroot", "-phunter2", "ping"], ["mysqladmin", "-uroot", "-p***", "ping"]),
    (["-p", "hunter2", "-P", "hunter2", "-a", "hunter2"], ["-p", "***", "-P", "***", "-a", "***"]),
    (["-password", "hunter2"], ["-p***", "***"]),
    (["-auth-token", "hunter2"], ["-auth-token", "***"]),
    (
      ["sh", "-c", "exec redis-server --requirepass hunter2 --port 1"],
      ["sh", "-c", "exec redis-server --requirepass *** --port 1"]
    ),
    (["sh", "-c", "x --pass 'a b' y"], ["sh", "-c", "x --pass *** y"]),
    (["sh", "-c", "x --pass=a\\ b y"], ["sh", "-c", "x --pass=*** y"]),
    (["sh", "-c", "MYSQL_PWD=hunter2 mysqladmin ping"], ["sh", "-c", "MYSQL_PWD=***"]),
    (
      ["sh", "-c", "exec env MYSQL_PWD=hunter2 mysqladmin ping"],
      ["sh", "-c", "exec env MYSQL_PWD=*** mysqladmin ping"]
    ),
    (["curl -u me:hunter2 http://x/"], ["curl -u *** http://x/"]),
    (["curl", "-u", "me:hunter2", "--user", "me:hunter2"], ["curl", "-u", "***", "--user", "***"]),
    (["curl", "-ume:hunter2", "--user=www-data"], ["curl", "-u***", "--user=www-data"]),
    (["curl", "-H", "X-Api-Key: hunter2"], ["curl", "-H", "X-Api-Key:***"]),
    (["wget --header 'Authorization: Basic hunter2' x"], ["wget --header 'Authorization:***"]),
    (["x authorization=Bearer hunter2 y"], ["x authorization=*** *** y"]),
    (["redis-cli config set requirepass hunter2"], ["redis-cli config set requirepass ***"]),
    (["AUTH", "hunter2"], ["AUTH", "***"]),
    (["create user me identified by 'hunter 2' x"], ["create user me identified by *** x"]),
    (["password = hunter2 x", "db_password", "=", "hunter2"], ["password = *** x", "db_password", "=", "***"]),
    (["'db_password' => 'hunter2', 'host' => 'db'"], ["'db_password' => *** 'host' => 'db'"]),
    (["db_password =hunter2"], ["db_password =***"]),
    (["amqp://u:hunter2@h1,amqp://u:hunter2@h2/x"], ["amqp://***@h2/x"]),
    (["https://hunter2@git.example/x.git"], ["https://***@git.example/x.git"]),
    (["redis://:hunt/er2@cache:6379"], ["redis://***@cache:6379"]),
    (["root:hunter2@tcp(db:3306)/shop"], ["root:***"]),
    (["nginx:1.22@sha256:0123456789abcdef"], ["nginx:1.22@sha256:0123456789abcdef"]),
    (["x", "eyJhbGciOiJIUzI1NiJ9.hunter2", "ghp_hunter2hunter2"], ["x", "***", "***"]),
    (["-----BEGIN RSA PRIVATE KEY-----\nhunter2\n"], ["***"]),
    (["https://x.example/?a=1&api_key=hunter2&b=2"], ["https://x.example/?a=1&api_key=***"]),
    (
      ["nginx", "-c", "/etc/nginx.conf", "-g", "daemon off;"], ["nginx", "-c", "/etc/nginx.conf", "-g", "daemon off;"]
    ),
    (["sh", "-c", "cd /srv && php -S 0.0.0.0:80 -t public"], ["sh", "-c", "cd /srv && php -S 0.0.0.0:80 -t public"]),
    (["--requirepass", "", "--save", "60 1"], ["--requirepass", "", "--save", "60 1"]),
  ]) func `masks the secrets of a command line`(_ words: [String], _ shown: [String]) {
    #expect(masked(words) == shown)
  }

  @Test(arguments: [
    ("PATH=/usr/bin", "PATH=/usr/bin"), ("LC_ALL=C", "LC_ALL=C"), ("PHP_VERSION=8.2", "PHP_VERSION=8.2"),
    ("TOKEN_VERSION=8.2", "TOKEN_VERSION=***"), ("ANYTHING=at all", "ANYTHING=***"), ("EMPTY=", "EMPTY="),
    ("=hunter2", "=***"), ("hunter2", "***"), ("path=hunter2", "path=***"), ("A=b=c", "A=***"),
    ("HOME=http://u:hunter2@x/", "HOME=http://***@x/"),
  ]) func `shows of variables only harmless values`(_ entry: String, _ shown: String) {
    for list in ["Env", "environment"] {
      let value = OrderedJSON.object([.init(name: list, value: .array([.text(entry)]))])
      #expect(Inspection.masked(value) == .object([.init(name: list, value: .array([.text(shown)]))]))
    }
  }

  @Test(arguments: [
    "POSTGRES_PASSWORD", "pwd", "x-api-key", "wp.auth.salt", "SENTRY_DSN", "basicauth.users", "credentials",
    "privatekey",
    "Authorization", "SLACK_WEBHOOK",
  ]) func `hides all that lies under a secret's name`(_ name: String) {
    let value = OrderedJSON.array([.text("hunter2"), .object([.init(name: "a", value: .number("1"))]), .word("null")])
    let hidden = OrderedJSON.array([.text("***"), .object([.init(name: "a", value: .text("***"))]), .word("null")])
    #expect(
      Inspection.masked(.object([.init(name: name, value: value)])) == .object([.init(name: name, value: hidden)]))
  }

  @Test func `goes from the entry point on to the command`() throws {
    let json =
      #"{"Cmd":["hunter2","x"],"Binds":["/srv/tls/key.pem:/key.pem:ro"],"Entrypoint":["redis","--requirepass"]}"#
    let lines = try #require(Inspection.lines(of: Array(json.utf8)))
    let flat = lines.map { $0.drop { $0 == " " } }.joined()
    #expect(
      flat == #"{"Cmd": ["***","x"],"Binds": ["/srv/tls/key.pem:/key.pem:ro"],"Entrypoint": ["redis","--requirepass"]}"#
    )
  }
}

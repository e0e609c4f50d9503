import Fleet
import Glibc
import Testing

@Suite struct ShellWordTests {
  static let hostile = [
    "", "plain", "with space", "a'b", "''", "'", "\"", "a\"b", "$(reboot)", "`reboot`", "$HOME", "${PATH}", "a\\b",
    "\\", "\\'", "a\nb", "\n", "\t", "a;b", "a&b", "a|b", "a>b", "*", "?", "[a]", "~", "~root", "#a", "!x", "!!",
    "-rf", "--", "{a,b}", "a=b", "=ls", "é", "日本語", "😀", "e\u{301}", "\u{202E}", "\u{1B}[31m", "\u{7F}", "a\r\nb",
    "%s", "$'a'", "(a)", "<a", "^a", "a b\\", "\u{A0}", "if",
  ]

  @Test(arguments: hostile)
  func `a shell reads a word back as it was`(word: String) throws {
    #expect(try shell("printf %s " + ShellWord.quoted(word) + "; printf .") == word + ".")
  }

  @Test func `a shell reads a line back as the same words`() throws {
    let words = ShellWordTests.hostile
    let output = try shell("count() { printf '%s\\n' \"$#\"; }; count " + ShellWord.line(words))
    #expect(output == "\(words.count)\n")
    let line = ShellWord.line(["printf", "%s|"] + words.dropFirst())
    #expect(try shell(line) == words.dropFirst().map { $0 + "|" }.joined())
  }

  /// A command that goes through two shells, as one over `ssh` to `sh -c` does.
  @Test func `a word that was quoted twice survives two shells`() throws {
    for word in ShellWordTests.hostile {
      let inner = ShellWord.line(["printf", "%s.", word])
      #expect(try shell(ShellWord.line(["/bin/sh", "-c", inner])) == word + ".")
    }
  }

  @Test func `plain words stay readable and NUL is dropped`() {
    #expect(ShellWord.quoted("web-1:/srv/a_b.yml") == "web-1:/srv/a_b.yml")
    #expect(ShellWord.quoted("a\0b") == "'ab'")
    #expect(ShellWord.quoted("it's") == #"'it'\''s'"#)
  }

  /// What `/bin/sh` prints for a script, given to it as one argument.
  private func shell(_ script: String) throws -> String {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    let words: [String] = ["/bin/sh", "-c", script]
    var arguments = words.map { word in strdup(word) } + [nil]
    defer { arguments.forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, "/bin/sh", &actions, nil, &arguments, environ)
    close(ends[1])
    try #require(failure == 0)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count <= 0 { break }
      output += buffer[..<count]
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    #expect(status == 0)
    return String(decoding: output, as: UTF8.self)
  }
}

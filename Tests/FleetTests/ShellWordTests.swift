import Fleet
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
}

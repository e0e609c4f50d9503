import Console
import Surface
import Testing

struct `Key notation` {
  static let keys: [(String, Key)] = [
    ("j", Key(.character("j"))), ("G", Key(.character("G"))), ("é", Key(.character("é"))),
    ("-", Key(.character("-"))), (":", Key(.character(":"))), ("Enter", Key(.enter)), ("Esc", Key(.escape)),
    ("Tab", Key(.tab)), ("Shift-Tab", Key(.backTab)), ("Space", Key(.character(" "))),
    ("Ctrl-p", Key(.character("p"), control: true)), ("Ctrl-\\", Key(.character("\\"), control: true)),
    ("Ctrl-Space", Key(.character(" "), control: true)), ("Alt-x", Key(.character("x"), alt: true)),
    ("Alt-X", Key(.character("X"), alt: true)), ("Ctrl-Alt-Up", Key(.up, control: true, alt: true)),
    ("Ctrl--", Key(.character("-"), control: true)), ("F1", Key(.function(1))), ("F12", Key(.function(12))),
    ("PageDown", Key(.pageDown)), ("Delete", Key(.delete)),
  ]

  @Test(arguments: keys) func `reads and prints the same key`(text: String, key: Key) throws {
    #expect(try Key(notation: text) == key)
    #expect(key.notation == text)
  }

  @Test func `Ctrl takes either case, and prints the lower one`() throws {
    #expect(try Key(notation: "Ctrl-P").notation == "Ctrl-p")
  }

  @Test(arguments: [
    ("entr", "\"entr\" is not a key; did you mean Enter?"),
    ("ctrl-p", "\"ctrl-p\" is not a key; did you mean Ctrl-p?"),
    ("C-p", "\"C-p\" is not a key; did you mean Ctrl-p?"),
    ("Meta-x", "\"Meta-x\" is not a key; did you mean Alt-x?"),
    ("F13", "\"F13\" is not a key; did you mean F1?"),
    (
      "Shift-Up", "\"Shift-Up\" is not a key: terminals tell Shift with Tab only; write an upper-case letter, such as G"
    ),
    ("Ctrl-m", "terminals send Enter for Ctrl-m; write Enter"),
    ("Ctrl-", "\"Ctrl-\" is not a key; write one character, or a name such as Enter, Ctrl-p or F1"),
    ("\u{1B}", "\"U+001B\" is not a key; write one character, or a name such as Enter, Ctrl-p or F1"),
  ]) func `what is no key is refused in words`(text: String, message: String) {
    #expect { try Key(notation: text) } throws: { ($0 as? KeyFault)?.message == message }
  }

  @Test func `sequences have spaces between their keys`() throws {
    let sequence = try KeySequence(notation: " g  Ctrl-w ")
    #expect(sequence.keys == [Key(.character("g")), Key(.character("w"), control: true)])
    #expect(sequence.notation == "g Ctrl-w")
  }

  @Test(arguments: [
    ("", "the key is empty; write Space for the space bar, and [] for no key"),
    ("a b c d", "a sequence has at most 3 keys, this has 4"),
  ]) func `a sequence too short or too long is refused`(text: String, message: String) {
    #expect { try KeySequence(notation: text) } throws: { ($0 as? KeyFault)?.message == message }
  }
}

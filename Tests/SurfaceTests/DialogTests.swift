import Surface
import Testing

struct DialogTests {
  @Test func `a dialog stands in the middle, with Cancel first and focused`() {
    let dialog = Dialog(
      "Restart web?", [[Span("On web1 (prod) this runs:")], [Span("docker restart web", .critical)]],
      buttons: ["Cancel", "Restart"])
    let draw: (inout Frame) -> Void = { dialog.draw(on: &$0, in: $0.bounds) }
    #expect(
      drawn(40, 8, .unicode, draw) == [
        "",
        "     ┌ Restart web? ─────────────┐",
        "     │ On web1 (prod) this runs: │",
        "     │ docker restart web        │",
        "     │                           │",
        "     │    [ Cancel ] [ Restart ] │",
        "     └───────────────────────────┘",
        "",
      ])
    #expect(roles(40, 8, draw)[3] == ".....edccccccccccccccccccdddddddde")
    #expect(roles(40, 8, draw)[5] == ".....eddddjjjjjjjjjjdiiiiiiiiiiide")
  }

  @Test func `a command longer than the dialog is wrapped, not cut`() {
    let command = "docker compose --project-name shop --file /srv/shop/compose.yaml restart php-fpm"
    let lines = drawn(40, 12) { Dialog("Run", [[Span(command)]]).draw(on: &$0, in: $0.bounds) }
    let text = lines.filter { $0.contains("│") }.map { line in
      line.split { $0 == " " || $0 == "│" }.joined(separator: " ")
    }
    #expect(text.prefix(3).joined(separator: " ") == command)
  }

  @Test func `a typed name is shown with the cursor behind it`() {
    var frame = Frame(size: Size(width: 60, height: 9))
    Dialog("Type the name", [[Span("Type web1:")]], input: TextField("we"), buttons: ["Cancel", "Restart"])
      .draw(on: &frame, in: frame.bounds)
    let row = frame.lines.firstIndex { $0.contains("│ we") }
    #expect(row != nil)
    #expect(frame.cursor?.y == row)
    #expect(frame.cursor?.x == 12)
  }

  @Test func `a text longer than the screen scrolls, and the buttons stay`() {
    let text = (0..<30).map { [Span("line \($0)")] }
    let lines = drawn(30, 8) { Dialog("Log", text, offset: 5).draw(on: &$0, in: $0.bounds) }
    #expect(lines[1].contains("line 5"))
    #expect(lines[6].contains("[ Cancel ]"))
    for width in 0...12 {
      for height in 0...6 { _ = drawn(width, height) { Dialog("Log", text).draw(on: &$0, in: $0.bounds) } }
    }
  }

  @Test(arguments: [
    ([Key(.backspace), Key(.character("b"))], "docker restart web|"),
    ([Key(.character("w"), control: true)], "docker restart |"),
    ([Key(.character("w"), control: true), Key(.backspace, alt: true)], "docker |"),
    ([Key(.home), Key(.delete)], "|ocker restart wev"),
    ([Key(.left), Key(.left), Key(.character("u"), control: true)], "|ev"),
    ([Key(.character("a"), control: true), Key(.right), Key(.character("k"), control: true)], "d|"),
  ])
  func `a text field edits as a shell's line does`(_ keys: [Key], _ result: String) {
    var field = TextField("docker restart wev")
    for key in keys {
      let isTaken = field.edit(key)
      #expect(isTaken)
    }
    var text = field.text
    text.insert("|", at: text.index(text.startIndex, offsetBy: field.cursor))
    #expect(text == result)
  }

  @Test func `a text field leaves other keys alone, and takes no control`() {
    var field = TextField("a\u{1B}b")
    for key in [Key(.enter), Key(.escape), Key(.tab), Key(.up), Key(.character("x"), alt: true)] {
      let isTaken = field.edit(key)
      #expect(!isTaken)
    }
    field.insert("c\nd")
    #expect(field.text == "abc d")
  }

  @Test func `a text field shows the part around the cursor`() {
    var frame = Frame(size: Size(width: 6, height: 1))
    var field = TextField("0123456789")
    field.draw(on: &frame, in: frame.bounds, .text)
    #expect(frame.lines == ["56789"])
    #expect(frame.cursor?.x == 5)
    _ = field.edit(Key(.home))
    field.draw(on: &frame, in: frame.bounds, .text)
    #expect(frame.lines == ["012345"])
    #expect(frame.cursor?.x == 0)
  }
}

import Console
import Surface
import Testing

struct `Keys pressed` {
  let standard = Keymap.standard
  let vim = KeymapReading.vim.keymap

  @Test func `one key asks for a command where it applies`() {
    #expect(standard.match([Key(.character("r"))], at: .containers) == .command(.containerRestart))
    #expect(standard.match([Key(.character("r"))], at: .hosts) == .none)
    #expect(standard.match([Key(.enter)], at: .hosts) == .command(.open))
    #expect(standard.match([Key(.enter)], at: .dialog) == .command(.dialogConfirm))
  }

  @Test func `in a prompt, keys that edit text press nothing`() {
    #expect(standard.match([Key(.character("q"))], at: .dialog) == .command(.dialogCancel))
    #expect(standard.match([Key(.character("q"))], at: .prompt) == .none)
    #expect(standard.match([Key(.character("p"), control: true)], at: .prompt) == .command(.dialogPrevious))
    #expect(standard.match([Key(.left)], at: .dialog) == .command(.dialogPrevious))
    #expect(standard.match([Key(.left)], at: .prompt) == .none)
    #expect(standard.match([Key(.up)], at: .prompt) == .command(.dialogPrevious))
    #expect(standard.match([Key(.escape)], at: .prompt) == .command(.dialogCancel))
  }

  @Test func `the first key of a sequence waits for the next`() {
    var chord = Chord()
    #expect(chord.press(Key(.character("g")), at: .hosts, in: vim) == .prefix)
    #expect(chord.pressed.count == 1)
    #expect(chord.press(Key(.character("g")), at: .hosts, in: vim) == .command(.moveTop))
    #expect(chord.pressed.isEmpty)
  }

  @Test func `a sequence that breaks off does nothing, not even what its last key does alone`() {
    var chord = Chord()
    #expect(chord.press(Key(.character("y")), at: .containers, in: vim) == .prefix)
    #expect(chord.press(Key(.character("r")), at: .containers, in: vim) == .none)
    #expect(chord.press(Key(.character("r")), at: .containers, in: vim) == .command(.containerRestart))
  }
}

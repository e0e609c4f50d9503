internal import Surface

/// Turns a terminal's bytes into keys and pastes, however they are cut into reads.
///
/// It reads the grammar of escape sequences (ECMA-48) rather than ncurses' list of them: an unknown sequence is
/// swallowed whole, instead of pressing the keys that its characters happen to be.
package nonisolated struct InputDecoder {
  package static let longestPaste = 64 * 1024

  /// The tty's erase character is Ctrl-H: then that is what Backspace sends.
  package var backspaceIsControlH = false
  private var pending: [UInt8] = []
  private var paste: [UInt8]?
  /// What may be the start of the sequence that ends the paste.
  private var pasteTail = 0

  package init() {}

  /// The bytes so far may be the beginning of a longer sequence, or Escape by itself: only time tells.
  package var isWaiting: Bool { !pending.isEmpty && paste == nil }
  package var isPasting: Bool { paste != nil }

  /// Takes bytes as they come.
  package mutating func decode(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for byte in bytes {
      if paste != nil {
        if let text = takePasted(byte) { events.append(.pasted(text)) }
        continue
      }
      pending.append(byte)
      step(&events)
    }
    return events
  }

  /// No more bytes came for a while: what was waited for is taken as it stands.
  package mutating func decodeRest() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    if paste != nil { return events }
    while let first = pending.first {
      if first == 0x1B, pending.count == 1 {
        events.append(.key(Key(.escape)))
      } else if first == 0x1B, pending[1] == 0x1B {
        events.append(.key(Key(.escape)))
        let rest = pending.dropFirst()
        pending = []
        events += decode(rest)
        continue
      } else if first == 0x1B, pending.count == 2, let key = Self.plain(pending[1]) {
        events.append(.key(key.withAlt))
      }
      // Else a character or sequence that broke off: nothing that was meant.
      pending = []
    }
    return events
  }

  /// The sequence that ends a paste got lost: what came is the paste.
  package mutating func endPaste() -> [TerminalEvent] {
    guard let paste else { return [] }
    self.paste = nil
    pasteTail = 0
    return [.pasted(Self.clean(paste))]
  }

  // MARK: Keys

  /// Decides what `pending`, which just grew by one byte, is now.
  private mutating func step(_ events: inout [TerminalEvent]) {
    let first = pending[0]
    guard first == 0x1B else {
      if let key = character(pending) {
        events += key.map { [.key($0)] } ?? []
        pending = []
      }
      return
    }
    guard pending.count > 1 else { return }
    switch pending[1] {
    case UInt8(ascii: "["): controlSequence(from: 2, alt: false, &events)
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return }
      if let code = Self.final[pending[2]] { events.append(.key(Key(code))) }
      pending = []
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      stringSequence(&events)
    case 0x1B:
      // Alt and an arrow on some terminals; else Escape, and then another key.
      guard pending.count > 2 else { return }
      if pending[2] == UInt8(ascii: "[") {
        controlSequence(from: 3, alt: true, &events)
      } else {
        events.append(.key(Key(.escape)))
        let rest = pending.dropFirst()
        pending = []
        events += decode(rest)
      }
    default:
      if let key = character(Array(pending.dropFirst())) {
        events += key.map { [.key($0.withAlt)] } ?? []
        pending = []
      }
    }
  }

  /// `ESC [ parameters final`, or the Linux console's `ESC [ [ A` to `E`.
  private mutating func controlSequence(from start: Int, alt: Bool, _ events: inout [TerminalEvent]) {
    guard pending.count > start, let last = pending.last else { return }
    if pending[start] == UInt8(ascii: "["), pending.count == start + 1 { return }
    guard (0x40...0x7E).contains(last) else {
      // A sequence holds no controls: one that comes belongs to the next key. Nor is one this long.
      if last < 0x20 || last > 0x7E {
        pending = []
        events += decode([last])
      } else if pending.count > 64 {
        pending = []
      }
      return
    }
    let body = Array(pending[start..<pending.count - 1])
    pending = []
    if body == [UInt8(ascii: "[")] {
      if (65...69).contains(last) { events.append(.key(Key(.function(Int(last) - 64), alt: alt))) }
      return
    }
    let numbers = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      Int(String(decoding: part, as: UTF8.self)) ?? 0
    }
    if last == UInt8(ascii: "~"), numbers.first == 200 {
      paste = []
      pasteTail = 0
      return
    }
    let code: Key.Code? =
      last == UInt8(ascii: "~") ? Self.numbered[numbers.first ?? 0] : body.first == 0x3C ? nil : Self.final[last]
    guard var key = code.map({ Key($0) }) else { return }
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    if key.code == .tab, modifiers & 1 != 0 { key.code = .backTab }
    key.alt = alt || modifiers & 2 != 0
    key.control = modifiers & 4 != 0
    events.append(.key(key))
  }

  /// An answer of the terminal's, such as its colours: nobody asked, so it is dropped up to its end.
  private mutating func stringSequence(_ events: inout [TerminalEvent]) {
    guard pending.count > 2, let last = pending.last else { return }
    let isEnded = last == 0x07 || last == 0x9C || (last == UInt8(ascii: "\\") && pending[pending.count - 2] == 0x1B)
    if isEnded || pending.count > 4096 { pending = [] }
  }

  /// `nil` while a character is incomplete; `.some(nil)` for bytes that are no character.
  private func character(_ bytes: [UInt8]) -> Key?? {
    let first = bytes[0]
    if first < 0x80 {
      if first == 0x08, backspaceIsControlH { return Key(.backspace) }
      return .some(Self.plain(first))
    }
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    if length == 0 { return .some(nil) }
    if let last = bytes.dropFirst().last, last & 0xC0 != 0x80 { return .some(Self.plain(last)) }
    if bytes.count < length { return nil }
    guard let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first, !scalar.isControl else {
      return .some(nil)
    }
    return Key(.character(scalar))
  }

  /// The key of one byte of ASCII.
  private static func plain(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D: Key(.enter)
    case 0x09: Key(.tab)
    case 0x1B: Key(.escape)
    case 0x7F: Key(.backspace)
    case 0x00: Key(.character(" "), control: true)
    case 0x01...0x1A: Key(.character(Unicode.Scalar(byte + 0x60)), control: true)
    case 0x1C...0x1F: Key(.character(Unicode.Scalar(byte + 0x40)), control: true)
    case 0x20...0x7E: Key(.character(Unicode.Scalar(byte)))
    default: nil
    }
  }

  private static let final: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab, UInt8(ascii: "I"): .tab,
    UInt8(ascii: "M"): .enter, UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static let numbered: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  // MARK: Pastes

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  /// - Returns: the text once its end has come.
  private mutating func takePasted(_ byte: UInt8) -> String? {
    if byte == Self.pasteEnd[pasteTail] {
      pasteTail += 1
      guard pasteTail == Self.pasteEnd.count else { return nil }
      let text = Self.clean(paste ?? [])
      paste = nil
      pasteTail = 0
      return text
    }
    keep(Self.pasteEnd.prefix(pasteTail))
    pasteTail = byte == Self.pasteEnd[0] ? 1 : 0
    if pasteTail == 0 { keep(CollectionOfOne(byte)) }
    return nil
  }

  private mutating func keep(_ bytes: some Collection<UInt8>) {
    guard let count = paste?.count, count + bytes.count <= Self.longestPaste else { return }
    paste?.append(contentsOf: bytes)
  }

  /// Lines end in `\n`; of the controls only that and the tab stay.
  private static func clean(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "\r" || (scalar == "\n" && previous != "\r") {
        result.append("\n")
      } else if scalar == "\t" || !scalar.isControl {
        result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}

extension Key {
  fileprivate nonisolated var withAlt: Key {
    var key = self
    key.alt = true
    return key
  }
}

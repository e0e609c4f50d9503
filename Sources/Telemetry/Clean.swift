/// The one place where text from a host becomes text that may be shown.
///
/// What comes out holds no control, no escape sequence, no line break and no invisible character, so it can neither
/// steer a terminal nor look like another text:
/// - bytes that are not UTF-8 become U+FFFD;
/// - colour and cursor sequences (`ESC [ … final`) are removed whole; of any other sequence the payload stays readable;
/// - tabs, line breaks and the line and paragraph separators become a space;
/// - every other control, bidirectional mark, zero-width, tag or otherwise invisible character becomes `·`;
/// - variation selectors, and combining marks beyond four in a row (a cell holds no more), are removed;
/// - what is longer than the limit is cut, and ends in `…`.
package enum Clean {
  /// In Unicode scalars, the `…` included.
  package static let usualLimit = 4096

  package static func text(_ bytes: some Sequence<UInt8>, limit: Int = usualLimit) -> String {
    let bytes = Array(bytes)
    if bytes.count <= limit, bytes.allSatisfy({ 0x20...0x7E ~= $0 }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    return text(String(decoding: bytes, as: UTF8.self), limit: limit)
  }

  package static func text(_ string: String, limit: Int = usualLimit) -> String {
    var output = String.UnicodeScalarView()
    var length = 0
    var marks = 0
    let scalars = string.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      if let end = endOfSequence(in: scalars, at: index) {
        index = end
        continue
      }
      let scalar = scalars[index]
      index = scalars.index(after: index)
      let shown: Unicode.Scalar
      switch kind(of: scalar) {
      case .visible:
        marks = 0
        shown = scalar
      case .mark:
        marks += 1
        if marks > 4 { continue }
        shown = scalar
      case .space: shown = " "
      case .invisible: shown = "·"
      case .selector: continue
      }
      if length == limit {
        if limit > 0 { output.removeLast() }
        output.append("…")
        break
      }
      output.append(shown)
      length += 1
    }
    return String(output)
  }

  private enum Kind { case visible, mark, space, invisible, selector }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x20...0x7E: return .visible
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: return .space
    case 0xFE00...0xFE0F: return .selector
    default: break
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return .invisible }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .unassigned: return .invisible
    case .lineSeparator, .paragraphSeparator, .spaceSeparator: return .space
    case .nonspacingMark, .enclosingMark: return .mark
    default: return .visible
    }
  }

  /// The end of the control sequence (ECMA-48, `CSI`) that begins at `index`; `nil` where none does or it never ends.
  private static func endOfSequence(
    in scalars: String.UnicodeScalarView, at index: String.Index
  ) -> String.Index? {
    var next = scalars.index(after: index)
    switch scalars[index].value {
    case 0x1B:
      guard next < scalars.endIndex, scalars[next] == "[" else { return nil }
      next = scalars.index(after: next)
    case 0x9B: break
    default: return nil
    }
    var length = 0
    while next < scalars.endIndex, length < 64 {
      let value = scalars[next].value
      next = scalars.index(after: next)
      length += 1
      if 0x40...0x7E ~= value { return next }
      guard 0x20...0x3F ~= value else { return nil }
    }
    return nil
  }
}

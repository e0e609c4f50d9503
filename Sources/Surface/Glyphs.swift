/// The characters that widgets draw with: what the terminal's locale and font can show.
package enum Glyphs: Hashable, Sendable {
  case unicode
  /// For a locale other than UTF-8, and for the Linux console, whose font has neither braille nor eighths.
  case ascii

  package var ellipsis: Unicode.Scalar { self == .unicode ? "…" : "~" }
  package var horizontal: Unicode.Scalar { self == .unicode ? "─" : "-" }
  package var vertical: Unicode.Scalar { self == .unicode ? "│" : "|" }
  package var topLeft: Unicode.Scalar { self == .unicode ? "┌" : "+" }
  package var topRight: Unicode.Scalar { self == .unicode ? "┐" : "+" }
  package var bottomLeft: Unicode.Scalar { self == .unicode ? "└" : "+" }
  package var bottomRight: Unicode.Scalar { self == .unicode ? "┘" : "+" }
  package var ascending: Unicode.Scalar { self == .unicode ? "▲" : "^" }
  package var descending: Unicode.Scalar { self == .unicode ? "▼" : "v" }
  /// What a figure that is not known is drawn with, instead of a bar.
  package var unknown: Unicode.Scalar { self == .unicode ? "╌" : "?" }
  /// The empty part of a gauge.
  package var track: Unicode.Scalar { self == .unicode ? "·" : "-" }
  package var scrollThumb: Unicode.Scalar { self == .unicode ? "┃" : "#" }
  /// A state that needs no word, such as a host that is live.
  package var bullet: Unicode.Scalar { self == .unicode ? "●" : "*" }
  package var arrow: Unicode.Scalar { self == .unicode ? "→" : ">" }
  /// What stands for a character that may not or can't be shown.
  package var substitute: Unicode.Scalar { self == .unicode ? "·" : "?" }

  /// The nearest character that these glyphs allow.
  package func allowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if self == .unicode || scalar.value < 0x7F { return scalar }
    return switch scalar {
    case "─", "━", "╌", "–", "—": "-"
    case "│", "┃": "|"
    case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼": "+"
    case "…": "~"
    case "·": "."
    case "●", "•": "*"
    case "▲", "↑": "^"
    case "▼", "↓": "v"
    case "→": ">"
    case "←": "<"
    case "’", "‘": "'"
    case "“", "”": "\""
    case "×", "✗": "x"
    case "✓": "+"
    case "›": ">"
    default: "?"
    }
  }
}

/// One key press: a character, or a key with a name, and Ctrl or Alt held.
package struct Key: Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    case character(Unicode.Scalar)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// 1 to 12.
    case function(Int)
  }

  package var code: Code
  package var control: Bool
  package var alt: Bool

  package init(_ code: Code, control: Bool = false, alt: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
  }
}

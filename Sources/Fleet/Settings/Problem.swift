/// One thing that is wrong in a settings file, said to the person who wrote it.
package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the person named it.
  package var file: String
  /// `nil` where the problem is the file as a whole: it is too large, it can't be opened.
  package var place: SettingsPlace?
  package var path: SettingsPath
  /// What was expected, what was found, what to do; one sentence without a full stop.
  package var message: String

  package init(file: String, place: SettingsPlace? = nil, path: SettingsPath = SettingsPath(), message: String) {
    self.file = file
    self.place = place
    self.path = path
    self.message = message
  }

  /// `FILE:LINE:COLUMN: hosts[2].environment: expected …`, as compilers write it, so that editors can jump there.
  package var description: String {
    var text = file
    if let place { text += ":\(place.line):\(place.column)" }
    if !path.steps.isEmpty { text += ": \(path)" }
    return text + ": " + message
  }
}

/// All that is wrong in one settings file, in the order of the file; never empty when thrown.
package struct Problems: Error, Hashable, Sendable, CustomStringConvertible {
  package var list: [Problem]

  package init(_ list: [Problem]) {
    self.list = list.enumerated().sorted { left, right in
      let first = left.element.place ?? SettingsPlace(line: 0, column: 0)
      let second = right.element.place ?? SettingsPlace(line: 0, column: 0)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
  }

  /// One problem a line.
  package var description: String { list.map(\.description).joined(separator: "\n") }
}

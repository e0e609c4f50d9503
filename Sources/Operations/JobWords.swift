import Telemetry

/// The words of one line of a job, from its bytes; what is text in them is made clean here, once.
struct JobWords {
  /// Longer ones are cut: a job's own are a little over 4,000.
  private static let most = 8192

  private var bytes: ArraySlice<UInt8>

  init(_ line: some Collection<UInt8>) { bytes = Array(line.prefix(Self.most))[...] }

  /// The next word; empty at the end.
  mutating func next() -> String {
    let word = bytes.prefix { $0 != 0x20 }
    bytes = bytes[word.endIndex...].dropFirst()
    return String(decoding: word, as: UTF8.self)
  }

  /// The next word as the number of a step.
  var step: Int? {
    mutating get { Self.number(next(), atMost: 9999) }
  }

  /// All that is left, spaces as they are.
  var rest: String { Clean.text(bytes) }

  /// What is left as `key=value`, each value octal-escaped.
  var fields: [String: String] {
    var fields: [String: String] = [:]
    for word in bytes.split(separator: 0x20) {
      guard let middle = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = String(decoding: word[..<middle], as: UTF8.self)
      fields[key] = Clean.text(Octal.unescaped(word[middle...].dropFirst()), limit: 512)
    }
    return fields
  }

  /// Digits only.
  static func number(_ text: String, atMost most: Int) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text), number <= most
    else { return nil }
    return number
  }
}

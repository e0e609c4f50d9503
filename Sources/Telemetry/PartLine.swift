import Fleet

/// `part`, `answer` and `answer-end`: what the parts of a host's stack say.
enum PartLine {
  /// `part ID KIND key=value …`, or `part ID KIND error REASON…`; `nil` for a kind that is not known, and without a word
  /// after it.
  static func decode(_ words: Words) -> PartReading? {
    var words = words
    guard let id = words.next(), let kind = words.name().flatMap(PartKind.init) else { return nil }
    var reading = PartReading(
      id: PartID(containerID: Clean.text(id, limit: Bound.identifier), kind: kind))
    var rest = words
    if rest.name() == "error" {
      let reason = Clean.text(rest.rest, limit: Bound.name)
      reading.problem = reason.isEmpty ? "it does not say why it has no answer" : reason
      return reading
    }
    while reading.fields.count < Bound.partFields, let (key, value) = field(&words) { reading.fields[key] = value }
    return reading.fields.isEmpty ? nil : reading
  }

  /// The next field that has a name and a value.
  private static func field(_ words: inout Words) -> (String, String)? {
    while let word = words.next() {
      guard let middle = word.firstIndex(of: UInt8(ascii: "=")), middle > word.startIndex else { continue }
      let key = Clean.text(Octal.unescaped(word[..<middle]), limit: Bound.identifier)
      return (key, Clean.text(Octal.unescaped(word[middle...].dropFirst()), limit: Bound.name))
    }
    return nil
  }

  /// `answer ID WHAT TEXT…`; the text may be empty.
  static func answer(_ words: Words) -> PartAnswer? {
    var words = words
    guard var answer = subject(&words) else { return nil }
    answer.text = Clean.text(words.text, limit: Bound.answer)
    return answer
  }

  /// `answer-end ID WHAT`.
  static func end(_ words: Words) -> PartAnswer? {
    var words = words
    return subject(&words)
  }

  /// A `-` stands for the host itself.
  private static func subject(_ words: inout Words) -> PartAnswer? {
    guard let id = words.next(), let question = words.next() else { return nil }
    return PartAnswer(
      containerID: id.elementsEqual("-".utf8) ? "" : Clean.text(id, limit: Bound.identifier),
      question: Clean.text(question, limit: Bound.identifier), text: nil)
  }
}

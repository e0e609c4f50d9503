import Fleet

/// `fs DEVICE TYPE SIZE USED AVAILABLE MOUNT`: one row of `df`, in bytes.
enum FilesystemLine {
  static func decode(_ words: Words) -> FilesystemFigures? {
    var words = words
    guard let device = words.next(), words.next() != nil, let total = bytes(&words), let used = bytes(&words),
      let available = bytes(&words), let mount = words.next()
    else { return nil }
    return FilesystemFigures(
      mount: Clean.text(unescaped(mount), limit: Bound.name), device: Clean.text(unescaped(device), limit: Bound.name),
      used: used, total: total, available: available)
  }

  private static func bytes(_ words: inout Words) -> ByteCount? {
    words.next().flatMap { Figure.unsigned($0, atMost: Bound.counter) }.map(ByteCount.init)
  }

  /// `\040` and the like, as in `/proc/mounts`, back to their bytes.
  private static func unescaped(_ word: Words.Word) -> [UInt8] {
    var output: [UInt8] = []
    var rest = word
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ 0x30...0x37 ~= $0 }) {
        output.append(digits.reduce(0) { $0 &* 8 &+ ($1 &- 0x30) })
        rest = rest.dropFirst(3)
      } else {
        output.append(byte)
      }
    }
    return output
  }
}

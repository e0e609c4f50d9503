import Fleet

/// `fs DEVICE TYPE SIZE USED AVAILABLE MOUNT`: one row of `df`, in bytes.
enum FilesystemLine {
  static func decode(_ words: Words) -> FilesystemFigures? {
    var words = words
    guard let device = words.next(), words.next() != nil, let total = bytes(&words), let used = bytes(&words),
      let available = bytes(&words), let mount = words.next()
    else { return nil }
    return FilesystemFigures(
      mount: Clean.text(Octal.unescaped(mount), limit: Bound.name),
      device: Clean.text(Octal.unescaped(device), limit: Bound.name),
      used: used, total: total, available: available)
  }

  private static func bytes(_ words: inout Words) -> ByteCount? {
    words.next().flatMap { Figure.unsigned($0, atMost: Bound.counter) }.map(ByteCount.init)
  }
}

extension Screen {
  /// What the program put on the clipboard last (OSC 52); `nil` where it has not.
  var clipboard: String? {
    let sent = String(decoding: bytes, as: UTF8.self)
    guard let start = sent.ranges(of: "\u{1B}]52;c;").last?.upperBound,
      let end = sent[start...].firstIndex(of: "\u{7}")
    else { return nil }
    let path = place.directory + "/clipboard"
    write(String(sent[start..<end]), to: path)
    let outcome = run("base64", "--decode", path)
    return outcome.status == 0 ? outcome.output : nil
  }
}

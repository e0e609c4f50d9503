/// Spaces and the like in one word, as `/proc/mounts` writes them: `\040` is a space, `\134` a backslash.
package enum Octal {
  /// Back to the bytes; what is no escape stays as it is.
  package static func unescaped(_ word: some Collection<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = Array(word)[...]
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

  /// One word without spaces, controls or bare backslashes.
  package static func escaped(_ text: String) -> String {
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      guard byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") else { return [byte] }
      return [UInt8(ascii: "\\"), 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

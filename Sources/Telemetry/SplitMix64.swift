/// Steele, Lea and Flood's generator: small, fast, and the same everywhere for one seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func hexadecimal(_ digits: Int) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    while bytes.count < digits {
      var word = next()
      for _ in 0..<min(16, digits - bytes.count) {
        bytes.append(alphabet[Int(word & 15)])
        word >>= 4
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

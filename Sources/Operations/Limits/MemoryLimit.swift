package import Fleet

// A number of bytes as a limit: how Docker takes it, and which ones are sensible.
extension ByteCount {
  package static func mebibytes(_ count: UInt64) -> ByteCount { ByteCount(count &* 1_048_576) }

  /// As Docker and Compose take it, exactly: `768m`, `2g`, `805306369`.
  package var limitText: String {
    for (unit, size) in [("g", UInt64(1) << 30), ("m", 1 << 20), ("k", 1 << 10)]
    where bytes >= size && bytes % size == 0 {
      return "\(bytes / size)\(unit)"
    }
    return "\(bytes)"
  }

  /// The least that Docker takes.
  package static let leastLimit = mebibytes(6)

  /// The next sensible limit above: by 16 MiB below 64, by 64 MiB below a gibibyte, by 256 MiB below four, then by whole ones.
  package var raisedLimit: ByteCount {
    let step = Self.step(at: bytes)
    return ByteCount(bytes / step * step) + ByteCount(step)
  }

  /// The next sensible limit below; 16 MiB stays.
  package var loweredLimit: ByteCount {
    let floor = Self.mebibytes(16)
    guard self > floor else { return self }
    let step = Self.step(at: bytes - 1)
    return max(floor, ByteCount((bytes - 1) / step * step))
  }

  /// The nearest sensible limit that is no less.
  package static func sensibleLimit(atLeast least: Double) -> ByteCount {
    let bytes = UInt64(min(max(least, 1), 1e15))
    let step = step(at: bytes - 1)
    return max(mebibytes(16), ByteCount((bytes + step - 1) / step * step))
  }

  private static func step(at bytes: UInt64) -> UInt64 {
    switch bytes >> 20 {
    case ..<64: 16 << 20
    case ..<1024: 64 << 20
    case ..<4096: 256 << 20
    case ..<16_384: 1 << 30
    default: 2 << 30
    }
  }
}

/// A number of processor cores, in thousandths: as fine as a person gives one.
package struct Cores: Hashable, Comparable, Sendable {
  package var thousandths: Int

  package init(thousandths: Int) { self.thousandths = max(0, thousandths) }

  /// Rounded to the nearest thousandth, a million at most; what is no number is none at all.
  package init(_ cores: Double) {
    self.init(thousandths: cores > 0 ? Int((min(cores, 1e6) * 1000).rounded()) : 0)
  }

  package static func < (left: Cores, right: Cores) -> Bool { left.thousandths < right.thousandths }

  package static func + (left: Cores, right: Cores) -> Cores {
    Cores(thousandths: left.thousandths + right.thousandths)
  }

  package var value: Double { Double(thousandths) / 1000 }

  /// As Docker and Compose take it, with one decimal at least: `0.25`, `1.0`.
  package var text: String {
    var digits = String(thousandths % 1000 + 1000).dropFirst()
    while digits.count > 1, digits.last == "0" { digits = digits.dropLast() }
    return "\(thousandths / 1000).\(digits)"
  }

  /// The least that Docker takes.
  package static let least = Cores(thousandths: 10)

  /// The next sensible limit above: by 0.1 below one core, by a quarter below four, then by halves and whole ones.
  package var raised: Cores {
    let step = Self.step(at: thousandths)
    return Cores(thousandths: (thousandths / step + 1) * step)
  }

  /// The next sensible limit below; 0.05 stays.
  package var lowered: Cores {
    if thousandths <= 100 { return Cores(thousandths: min(thousandths, 50)) }
    let step = Self.step(at: thousandths - 1)
    return Cores(thousandths: (thousandths - 1) / step * step)
  }

  /// The nearest sensible limit that is no less than so many cores.
  package static func sensible(atLeast cores: Double) -> Cores {
    let least = Cores(cores)
    if least.thousandths <= 50 { return Cores(thousandths: 50) }
    let step = step(at: max(0, least.thousandths - 1))
    return Cores(thousandths: (least.thousandths + step - 1) / step * step)
  }

  private static func step(at thousandths: Int) -> Int {
    switch thousandths {
    case ..<1000: 100
    case ..<4000: 250
    case ..<16_000: 500
    default: 1000
    }
  }
}

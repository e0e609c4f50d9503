import Fleet

/// A JSON value on its way out; unknown is written as `null`, never left out and never 0.
package enum JSON: Hashable, Sendable, Encodable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }

  static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
  static func count(_ value: Int?) -> JSON { value.map { .integer(Int64($0)) } ?? .null }
  static func count(_ value: UInt64?) -> JSON { value.map { .integer(Int64(clamping: $0)) } ?? .null }
  static func bytes(_ value: ByteCount?) -> JSON { count(value?.bytes) }
  static func ratio(_ value: Ratio?) -> JSON { figure(value?.value) }

  /// Four decimals: figures are differences of counters, and more digits would claim more than they know.
  static func figure(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    return .number((value * 10_000).rounded() / 10_000)
  }
}

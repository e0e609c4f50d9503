import FoundationEssentials

/// A JSON value as it is read, so that a missing name and an unknown figure can be told apart.
enum Value: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Value])
  case members([String: Value])

  init(json bytes: [UInt8]) throws { self = try JSONDecoder().decode(Value.self, from: Data(bytes)) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([Value].self) {
      self = .list(value)
    } else {
      self = .members(try container.decode([String: Value].self))
    }
  }

  /// What a path such as `cpu.used_ratio` names; `nil` where there is no such name.
  subscript(path: String) -> Value? {
    var value = self
    for name in path.split(separator: ".") {
      guard case .members(let members) = value, let member = members[String(name)] else { return nil }
      value = member
    }
    return value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var list: [Value] { if case .list(let list) = self { list } else { [] } }

  /// The member of a list whose `name` is that.
  func named(_ name: String) -> Value? { list.first { $0["name"] == .text(name) } }
}

package import Fleet
package import Operations

/// Other limits for containers of one service, while they are being chosen; its figures are read anew at each look.
package struct LimitsForm: Hashable, Sendable {
  package enum Row: Hashable, Sendable {
    case cores, memory
    /// PHP-FPM's `pm.max_children`.
    case children
    /// Redis's `maxmemory`.
    case maxMemory
  }

  /// What is wanted of one figure.
  package enum Wanted<Value: Hashable & Sendable>: Hashable, Sendable {
    case asItIs
    /// `nil` takes the limit away.
    case limit(Value?)

    /// What was chosen; `nil` where nothing was.
    package var limit: Value?? {
      switch self {
      case .asItIs: nil
      case .limit(let value): .some(value)
      }
    }

    package func value(instead now: Value?) -> Value? {
      switch self {
      case .asItIs: now
      case .limit(let value): value
      }
    }
  }

  /// What scales within the container: off until the operator takes it in.
  package struct Scaled<Value: Hashable & Sendable>: Hashable, Sendable {
    package var before: Value
    /// `nil` follows the memory limit.
    package var chosen: Value?
    package var isOn = false

    package init(_ before: Value) { self.before = before }
  }

  /// The containers; all of one service.
  package var ids: [ContainerID]
  package var selected = 0
  package var cores = Wanted<Cores>.asItIs
  package var memory = Wanted<ByteCount>.asItIs
  package var children: Scaled<Int>?
  package var maxMemory: Scaled<ByteCount>?
  /// What is being typed into the selected row; `nil` where nothing is.
  package var typed: String?

  package init(_ ids: [ContainerID]) { self.ids = ids }

  package var rows: [Row] {
    [.cores, .memory] + (children == nil ? [] : [.children]) + (maxMemory == nil ? [] : [.maxMemory])
  }

  package var row: Row { rows[min(max(0, selected), rows.count - 1)] }

  /// Makes what was typed the row's value.
  /// - Throws: what was expected; it stays to be corrected.
  mutating func takeTyped() throws(Unavailable) {
    guard let text = typed else { return }
    switch row {
    case .cores: cores = .limit(try LimitText.cores(text))
    case .memory: memory = .limit(try LimitText.memory(text))
    case .children:
      children?.chosen = try LimitText.count(text)
      children?.isOn = true
    case .maxMemory:
      guard let bytes = try LimitText.memory(text) else {
        throw Unavailable(reason: "without maxmemory Redis would fill its container: type an amount such as 96m")
      }
      maxMemory?.chosen = bytes
      maxMemory?.isOn = true
    }
    typed = nil
  }

  /// As it would be with what is typed so far, where that is a value.
  var previewed: LimitsForm {
    var form = self
    do throws(Unavailable) { try form.takeTyped() } catch { return self }
    return form
  }

  /// What scales with the memory, in proportion to its limit; beyond all figures where the host says nonsense.
  private func scaled(_ before: Double, from old: ByteCount?, _ limits: Limits) -> Double {
    guard let old, let new = memory.value(instead: limits.memory), old.bytes > 0 else { return before }
    return before * Double(new.bytes) / Double(old.bytes)
  }

  func childrenWanted(_ limits: Limits) -> Int? {
    children.map { $0.chosen ?? max(1, Int(min(1e9, scaled(Double($0.before), from: limits.memory, limits)))) }
  }

  /// In whole mebibytes.
  func maxMemoryWanted(_ limits: Limits) -> ByteCount? {
    maxMemory.map { scale in
      if let chosen = scale.chosen { return chosen }
      let bytes = scaled(Double(scale.before.bytes), from: limits.memory, limits)
      return bytes == Double(scale.before.bytes)
        ? scale.before : .mebibytes(max(1, ByteCount(clamping: bytes).bytes >> 20))
    }
  }
}

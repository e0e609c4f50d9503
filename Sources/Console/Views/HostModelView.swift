import Fleet
import Operations
import Surface
import Telemetry

/// What a host is sold as: what it has, what it is short of and for how long, and which larger model would be enough.
enum HostModelView {
  static func draw(_ model: Model, _ name: HostName, on frame: inout Frame, in area: Rect) {
    let condition = model.condition(of: name)
    let pane = Pane(
      "Model of \(name)", count: model.fleet.host(name)?.kind?.rawValue ?? "",
      note: [Span(condition.short, Tone.of(condition))], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    DetailText.draw(lines(of: name, in: model), offset: model.detailOffset, on: &frame, in: inside)
  }

  static func lines(of name: HostName, in model: Model) -> [DetailText.Line] {
    guard let needs = model.needs(of: name), let telemetry = model.telemetry[name],
      let kind = model.fleet.host(name)?.kind
    else { return [] }
    return had(needs) + short(needs) + promised(model.knowsContainers(of: name) ? HostRoom(name, telemetry) : nil)
      + (kind == .vps ? larger(needs) : dedicated)
      + order(model.orderAddress(of: name), kind, model.keymap.hint(for: .copy))
  }

  private static func had(_ needs: HostNeeds) -> [DetailText.Line] {
    let cores = needs.cores.map { "\($0) \($0 == 1 ? "core" : "cores")" } ?? "? cores"
    let disk = needs.disk.map { "\($0.total.decimal) of disk at \($0.mount)" } ?? "disk ?"
    return [
      .fact("it has", "\(cores), \(needs.memory?.total.short ?? "?") of memory, \(disk)"),
      needs.span >= HostNeeds.least
        ? .fact("seen", "for \(needs.span.short): what was before, and at other hours, is not known here", .muted)
        : .fact(
          "seen",
          "for \(needs.span.short) only: too little to choose a model by, which takes \(HostNeeds.least.short)",
          .warning),
    ]
  }

  private static func short(_ needs: HostNeeds) -> [DetailText.Line] {
    var lines: [DetailText.Line] = [.space, .heading("What it is short of")]
    for kind in HostNeeds.Kind.allCases {
      guard let past = needs[kind] else {
        // Without swap there is no share of it.
        let isNone = kind == .swap && needs.memory?.swapTotal.bytes == 0
        lines.append(.fact(kind.rawValue, isNone ? "none" : "?", isNone ? .muted : .unknown))
        continue
      }
      lines.append(.fact(kind.rawValue, words(past, of: needs.span), tone(past.isShort, needs)))
    }
    if let disk = needs.disk {
      let trend = disk.fullIn.map { ", full in \($0.short) if it goes on so" } ?? ""
      lines.append(
        .fact(
          "disk", "\(disk.usedRatio?.percent ?? "?") of \(disk.total.decimal)\(trend)",
          needs.isShortOfDisk ? .warning : .text))
    } else {
      lines.append(.fact("disk", "?", .unknown))
    }
    if needs[.steal]?.isShort == true {
      lines.append(
        .fact("", "What others take of the processor does not end with a larger VPS: a dedicated server has it all."))
    }
    return lines
  }

  /// Of a few samples a twentieth is one: that is no shortage yet.
  private static func tone(_ isShort: Bool, _ needs: HostNeeds) -> Role {
    isShort && needs.span >= HostNeeds.least ? .warning : .text
  }

  private static func words(_ past: HostNeeds.Past, of span: Duration) -> String {
    var words = "\(past.now?.percent ?? "?") now, 95 % of the time at most \(past.high.percent)"
    words += ", peak \(past.peak.percent)"
    if past.above > .zero { words += "; \(past.level.percent) or more for \(past.above.short) of \(span.short)" }
    if past.standing > .zero { words += ", for \(past.standing.short) until now" }
    return words
  }

  /// - Parameter room: `nil` while nobody knows the host's containers.
  private static func promised(_ room: HostRoom?) -> [DetailText.Line] {
    let heading: [DetailText.Line] = [.space, .heading("What its running containers may take")]
    guard let room else { return heading + [.fact("", "Its containers are not known yet.", .unknown)] }
    let (cores, memory) = (room.coresNow, room.memoryNow)
    func without(_ count: Int) -> String { count == 0 ? "" : "; \(count) without a limit may take all" }
    return heading + [
      .fact(
        "cpu",
        "\(Words.decimal(cores.sum)) of \(cores.whole.map { "\(Int($0))" } ?? "?") cores" + without(cores.unlimited),
        cores.isOver ? .warning : .text),
      .fact(
        "memory", "\(room.memoryPromised.short) of \(room.memory?.short ?? "?")" + without(memory.unlimited),
        memory.isOver ? .warning : .text),
    ]
  }

  private static func larger(_ needs: HostNeeds) -> [DetailText.Line] {
    let table = ServerModels.shipped
    var lines: [DetailText.Line] = [
      .space, .heading("Larger models: \(table.range), as of \(table.asOf); ranges and prices change"),
    ]
    guard let cores = needs.cores, let memory = needs.memory?.total, let disk = needs.disk?.total else {
      return lines + [.fact("", "What the host has is not known yet.", .unknown)]
    }
    let models = table.models.filter { $0.isLarger(thanSeen: cores, memory: memory, disk: disk) }
    if models.isEmpty {
      return lines + [.fact("", "None of them is larger: beyond this range there are dedicated servers.")]
    }
    let enough = needs.isShort ? needs.enough : nil
    let first = enough.flatMap { enough in
      models.first { $0.isAtLeast(cores: enough.cores, memory: enough.memory, disk: enough.disk) }
    }
    for model in models {
      let size = "\(model.cores) cores, \(model.memory.short) of memory, \(model.disk.decimal) of disk"
      let verdict = enough.map { model == first ? "  ← the first that is enough" : lacks(model, $0) } ?? ""
      lines.append(.fact(model.name, size + verdict, model == first ? .good : .text))
    }
    return lines + reason(needs, enough, first)
  }

  /// What a model has too little of.
  private static func lacks(_ model: ServerModel, _ enough: HostNeeds.Enough) -> String {
    let lacks = [
      model.cores < enough.cores ? "cores" : nil, model.memory < enough.memory ? "memory" : nil,
      model.disk < enough.disk ? "disk" : nil,
    ].compactMap { $0 }
    return lacks.isEmpty ? "" : "  too little: \(lacks.joined(separator: ", "))"
  }

  private static func reason(
    _ needs: HostNeeds, _ enough: HostNeeds.Enough?, _ first: ServerModel?
  ) -> [DetailText.Line] {
    if needs.span < HostNeeds.least { return [.fact("", "Which would be enough can't be said yet.", .muted)] }
    guard needs.isShort else { return [.fact("", "It is short of nothing that a larger one has more of.", .good)] }
    guard let enough else { return [.fact("", "Which would be enough can't be said: a figure is missing.", .unknown)] }
    let use = HostNeeds.use
    let wanted =
      "Enough would be \(enough.cores) cores, \(enough.memory.short) of memory, \(enough.disk.decimal) of disk: "
      + "what is short, used to \(Ratio(use.cpu).percent) (CPU) and \(Ratio(use.memory).percent) (memory, disk) by what "
      + "was seen for 95 % of the time."
    return [.fact("why", wanted)]
      + (first == nil ? [.fact("", "No VPS is enough: a dedicated server, or less on this host.", .warning)] : [])
  }

  private static let dedicated: [DetailText.Line] = [
    .space, .heading("Larger models"),
    .fact("", "Dedicated servers are put together one by one: the Manager lists what there is today."),
  ]

  private static func order(_ address: String, _ kind: HostKind, _ key: String?) -> [DetailText.Line] {
    [
      .space, .heading("Ordering"), .fact("where", address + (key.map { "  (\($0) copies it)" } ?? "")),
      .fact(
        "",
        "Changing the model costs money: a person does that, in the OVHcloud Manager. "
          + (kind == .vps ? "A VPS can only become larger, and reboots for it." : "It is another machine: move first."),
        .muted),
    ]
  }
}

extension ByteCount {
  /// In powers of 1000, as disks are sold: `75GB`.
  fileprivate var decimal: String { "\(Int((Double(bytes) / 1e9).rounded()))GB" }
}

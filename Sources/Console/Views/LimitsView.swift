import Fleet
import Operations
import Surface
import Telemetry

/// Limits being chosen: what is used of them, what the past speaks for, and what the host has left.
enum LimitsView {
  private static let columns = [19, 8, 7, 7, 8]

  static func draw(_ typing: LimitsForm, _ model: Model, on frame: inout Frame, in area: Rect) {
    let form = typing.previewed
    let evidence = model.evidence(form)
    let bottom = bottom(form, evidence, model)
    let width = min(area.width - 2, 100)
    let middle =
      figures(form, typed: typing.typed, evidence, model) + [[]] + past(form, evidence) + [[]] + rooms(form, evidence)
    let lines = bottom.flatMap { $0.isEmpty ? [[]] : wrap($0, width: width - 4) }
    let inside = OverlayView.box(
      title(form, model), width: width, height: middle.count + lines.count + 2, on: &frame, in: area)
    // What is said of the choice, and the keys, stay; hosts that do not fit are left out.
    let (below, above) = inside.split(bottom: min(lines.count, inside.height))
    for (y, line) in middle.prefix(above.height).enumerated() {
      frame.put(line, x: above.x, y: above.y + y, limit: above.width)
    }
    if middle.count > above.height, above.height > 0 {
      frame.put("…", x: above.right - 1, y: above.bottom - 1, Style(.muted))
    }
    for (y, line) in lines.suffix(below.height).enumerated() {
      frame.put(line, x: below.x, y: below.y + y, limit: below.width)
    }
    let row = Rect(x: above.x, y: above.y + 1 + form.selected, width: above.width, height: 1)
    if row.y < above.bottom { frame.restyle(row) { $0.ground = .selected } }
  }

  private static func title(_ form: LimitsForm, _ model: Model) -> String {
    guard let id = form.ids.first, let facts = model.facts(id) else { return "Limits: no longer there" }
    let hosts = Set(form.ids.map(\.host)).sorted().map(\.text).joined(separator: ", ")
    let environment = form.ids.contains { model.environment(of: $0.host) == .prod } ? "PRODUCTION" : "dev"
    let subject =
      form.ids.count == 1
      ? facts.name : "\(form.ids.count) containers of \(facts.project ?? "") \(facts.service ?? "")"
    return "Limits of \(subject) on \(hosts), \(environment)"
  }

  // MARK: What is chosen

  private static func figures(
    _ form: LimitsForm, typed: String?, _ evidence: LimitsEvidence, _ model: Model
  ) -> [[Span]] {
    var lines = [
      row([form.ids.count > 1 ? "the most of \(form.ids.count)" : "", "now", "p95", "peak", "limit"], .heading) + [
        Span("   new limit", .heading)
      ]
    ]
    for (index, row) in form.rows.enumerated() {
      lines.append(
        line(
          row, typed: index == form.selected ? typed : nil, isSelected: index == form.selected, form, evidence, model))
    }
    return lines
  }

  private static func line(
    _ row: LimitsForm.Row, typed: String?, isSelected: Bool, _ form: LimitsForm, _ evidence: LimitsEvidence,
    _ model: Model
  ) -> [Span] {
    let limits = evidence.limits
    switch row {
    case .cores:
      let use = evidence.cores
      return self.row(
        [
          "CPU cores", Words.cores(use.now), Words.cores(use.high), Words.cores(use.peak),
          evidence.coresDiffer ? "differ" : limits.cores?.text ?? "none",
        ])
        + field(
          form.cores, limits.cores, evidence.coresDiffer, typed, isSelected
        ) { $0.text }
    case .memory:
      let use = evidence.memory
      return self.row(
        ["memory"] + [use.now, use.high, use.peak].map { $0?.short ?? "?" } + [
          evidence.memoryDiffers ? "differ" : limits.memory?.limitText ?? "none"
        ])
        + field(
          form.memory, limits.memory, evidence.memoryDiffers, typed, isSelected
        ) { $0.limitText }
    case .children:
      let isOn = form.children?.isOn ?? false
      return self.row(
        ["\(box(isOn)) pm.max_children", busy(form, model), "", "", form.children.map { "\($0.before)" } ?? "?"])
        + field(
          form.childrenWanted(limits).map { "\($0)" } ?? "?", typed, isSelected,
          isChanged: isOn && form.childrenWanted(limits) != form.children?.before, isOff: !isOn)
    case .maxMemory:
      let isOn = form.maxMemory?.isOn ?? false
      let used = form.ids.compactMap { model.telemetry[$0.host]?.caches[$0.id]?.figures.usedMemory }.max()
      return self.row(
        ["\(box(isOn)) maxmemory", used?.short ?? "?", "", "", form.maxMemory?.before.limitText ?? "?"])
        + field(
          form.maxMemoryWanted(limits)?.limitText ?? "?", typed, isSelected,
          isChanged: isOn && form.maxMemoryWanted(limits) != form.maxMemory?.before, isOff: !isOn)
    }
  }

  private static func box(_ isOn: Bool) -> String { isOn ? "[x]" : "[ ]" }

  private static func busy(_ form: LimitsForm, _ model: Model) -> String {
    let active = form.ids.compactMap { id -> Int? in
      guard case .php(let figures)? = model.telemetry[id.host]?.parts[PartID(containerID: id.id, kind: .fpm)]?.figures
      else { return nil }
      return figures.active
    }
    return active.max().map { "\($0)" } ?? "?"
  }

  /// The name at the left, figures at the right of their columns.
  private static func row(_ texts: [String], _ role: Role = .dialog, columns: [Int] = columns) -> [Span] {
    var line = ""
    for (index, text) in texts.enumerated() {
      let blanks = String(repeating: " ", count: max(0, columns[index] - text.columns))
      line += index == 0 ? text + blanks : blanks + text
    }
    return [Span(line, role)]
  }

  /// A limit that is chosen; of containers that have not the same, each keeps its own until there is one.
  private static func field<Value: Equatable>(
    _ wanted: LimitsForm.Wanted<Value>, _ now: Value?, _ differs: Bool, _ typed: String?, _ isSelected: Bool,
    _ text: (Value) -> String
  ) -> [Span] {
    let value = wanted.value(instead: now)
    let isKept = wanted == .asItIs
    return field(
      differs && isKept ? "each its own" : value.map(text) ?? "none", typed, isSelected,
      isChanged: differs ? !isKept : value != now)
  }

  private static func field(
    _ value: String, _ typed: String?, _ isSelected: Bool, isChanged: Bool, isOff: Bool = false
  ) -> [Span] {
    if let typed { return [Span("   "), Span(" \(typed)▏", Style(.dialog, bold: true, reverse: true))] }
    let style = Style(isOff ? .muted : isChanged ? .warning : .dialog, bold: isChanged)
    return [Span(isSelected ? " ‹ " : "   ", .barKey), Span(value, style), Span(isSelected ? " ›" : "", .barKey)]
      + [Span(isOff ? "  Space adds it" : isChanged ? "" : "  as it is", .muted)]
  }

  // MARK: Why

  private static func past(_ form: LimitsForm, _ evidence: LimitsEvidence) -> [[Span]] {
    let proposal = LimitsProposal(evidence)
    let throttled =
      evidence.throttled.map { "\($0.percent) of periods in \(evidence.throttledSpan.short)" }
      ?? (evidence.limits.cores == nil ? "never: no CPU limit" : "?")
    let span = evidence.span > .zero ? evidence.span.short : "?"
    return [
      [
        Span("throttled  ", .muted), Span(throttled, (evidence.throttled?.value ?? 0) >= 0.05 ? .warning : .dialog),
        Span("   OOM kills  ", .muted),
        Span(
          evidence.oomKills.map { "\($0)" } ?? "?", (evidence.oomKills ?? 0) > 0 ? .critical : .dialog),
        Span(" since start", .muted), Span("   past  ", .muted), Span(span, .dialog),
      ],
      advice("proposal   CPU     ", proposal.cores.value?.text, proposal.cores.reason),
      advice("           memory  ", proposal.memory.value?.limitText, proposal.memory.reason),
    ]
  }

  private static func advice(_ name: String, _ value: String?, _ reason: String) -> [Span] {
    [Span(name, .muted)] + (value.map { [Span($0, Style(.good, bold: true)), Span(": ", .muted)] } ?? [])
      + [Span(reason, .dialog)]
  }

  // MARK: What the host has

  private static let hostColumns = [19, 8, 7]

  private static func rooms(_ form: LimitsForm, _ evidence: LimitsEvidence) -> [[Span]] {
    var lines: [[Span]] = []
    for room in evidence.rooms {
      lines.append(
        row([room.host.text, "has", "free"], .heading, columns: hostColumns)
          + [Span("   all limits together", .heading)])
      lines.append(
        row(["  CPU cores", room.cores?.text ?? "?", Words.cores(room.coresFree)], columns: hostColumns)
          + promise(room.coresNow, form.cores.limit.map(room.cores(with:))) { Cores($0).text })
      lines.append(
        row(["  memory", room.memory?.short ?? "?", room.memoryFree?.short ?? "?"], columns: hostColumns)
          + promise(room.memoryNow, form.memory.limit.map(room.memory(with:))) { ByteCount(clamping: $0).short })
    }
    return lines
  }

  private static func promise(
    _ now: HostRoom.Promise, _ changed: HostRoom.Promise?, _ text: (Double) -> String
  ) -> [Span] {
    func words(_ promise: HostRoom.Promise) -> [Span] {
      let share = promise.ratio.map { " (\($0.percent))" } ?? ""
      return [Span("\(text(promise.sum))\(share)", promise.isOver ? .critical : .dialog)]
    }
    let then = changed ?? now
    let gap = [Span("   ")]
    let rest = then.unlimited > 0 ? [Span(", \(then.unlimited) unlimited", .warning)] : []
    return gap + words(now) + (now == then ? [] : [Span(" → ", .muted)] + words(then)) + rest
  }

  // MARK: What is said of it

  private static func bottom(_ form: LimitsForm, _ evidence: LimitsEvidence, _ model: Model) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var change: LimitsChange?
    do throws(Unavailable) {
      change = try model.change(form)
    } catch {
      lines.append([Span("! \(error.reason)", .critical)])
    }
    if let change {
      if let problem = LimitsCheck.problem(with: change, evidence) {
        lines.append([Span("! \(problem)", .critical)])
      } else {
        lines += change.warnings.map { [Span($0, .warning)] }
      }
    }
    lines += form.ids.prefix(1).flatMap { model.withheld($0) }.map { [Span($0, .muted)] }
    let keys: [(String, String)] = [
      ("←→", "change"), ("1.5 768m", "type"), ("Del", "none"), ("p", "proposal"), ("Enter", "plan"), ("Esc", "leave"),
    ]
    lines.append(keys.flatMap { [Span($0.0, .barKey), Span(" \($0.1)  ", .muted)] })
    return lines
  }
}

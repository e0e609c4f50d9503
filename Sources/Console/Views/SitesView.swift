import Fleet
import Incidents
import Surface
import Telemetry

/// The Sites pane: a row a project and environment, from the visitor to the disk, with its narrowest place.
enum SitesView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.sites)
    let inside = ListPane.pane(.sites, model).draw(on: &frame, in: area)
    let (sentence, body) = selected(model, room: inside)
    for (y, line) in sentence.lines.enumerated() {
      frame.put(line, x: inside.x + 1, y: sentence.area.y + y, limit: inside.width - 2)
    }
    let table = Table(
      columns(model, width: area.width), count: rows.count, selected: model.selectedRow(.sites),
      offset: model[.sites].offset, isFocused: model.focus == .sites, emptyText: ListPane.emptyText(.sites, model)
    ) { index in
      guard case .site(let id) = rows[index], let stack = model.stacks[id] else { return [] }
      return cells(of: stack, in: model)
    }
    table.draw(on: &frame, in: body)
  }

  /// The whole sentence of the row under the cursor, below the rows, where it is longer than its column and there is room.
  private static func selected(_ model: Model, room: Rect) -> (sentence: (lines: [[Span]], area: Rect), rest: Rect) {
    let rows = model.rows(.sites)
    guard let row = model.selectedRow(.sites), case .site(let id) = rows[row], let stack = model.stacks[id] else {
      return (([], room), room)
    }
    let name = Span("\(id.name) (\(id.environment.rawValue)): ", .muted)
    let lines = wrap([name, ProjectText.sentence(stack)], width: max(20, room.width - 2))
    guard room.height >= rows.count + lines.count + 2 else { return (([], room), room) }
    let (bottom, rest) = room.split(bottom: lines.count)
    return ((lines, bottom), rest)
  }

  private static func columns(_ model: Model, width: Int) -> [Table.Column] {
    let state = model[.sites]
    func order(_ key: SortKey) -> Table.Order? {
      state.sort == key ? (state.isReversed ? .descending : .ascending) : nil
    }
    return [
      // In a narrow terminal the visitor and the narrowest place stay.
      .init("Project", .flexible(min: 8, weight: 2, max: 22), order: order(.name)),
      .init("Env", .fixed(4), priority: 5),
      .init("Visitors", .fixed(10)),
      .init("", .flexible(min: 5, weight: 1, max: 12), priority: 10),
      .init("Cert", .fixed(7), priority: 2),
      .init("Proxy", .fixed(6), .right, priority: 8),
      .init("Web", .fixed(6), .right, priority: 7),
      .init("PHP", .fixed(9), .right, priority: 1),
      .init("", .flexible(min: 5, weight: 1, max: 12), priority: 11),
      .init("Cache", .fixed(5), .right, priority: 3),
      .init("", .flexible(min: 5, weight: 1, max: 12), priority: 12),
      .init("DB", .fixed(7), .right, priority: 4),
      .init("Disk", .fixed(4), .right, priority: 6),
      .init("Narrowest", .flexible(min: width >= 110 ? 40 : 12, weight: 6), order: order(.standard)),
    ]
  }

  private static func cells(of stack: ProjectStack, in model: Model) -> [Table.Content] {
    let levels = model.fleet.thresholds(for: stack.id)
    let domain = SiteWords.worst(stack.domains)
    let visitors = stack.domains.isEmpty ? Span("no domain", .muted) : SiteWords.visitors(domain?.telemetry, levels)
    let certificate =
      stack.domains.isEmpty
      ? Span("", .muted)
      : SiteWords.certificate(SiteWords.worstCertificate(stack, at: model.now), levels, at: model.now)
    let code = SiteWords.worst(stack, .php, .application)
    let cache = SiteWords.worst(stack, .cache)
    return [
      .spans([Span(stack.id.name, Style(.text, bold: true))]),
      .text(stack.id.environment.rawValue, Tone.of(stack.id.environment)),
      .spans([visitors]),
      sparkline(domain?.telemetry?.history, top: nil, .network),
      .spans([certificate]),
      part(SiteWords.worst(stack, .proxy), in: stack),
      part(SiteWords.worst(stack, .web), in: stack),
      part(code, in: stack),
      sparkline(history(code, in: model)?.series, top: 1, .cpu),
      part(cache, in: stack),
      sparkline(history(cache, in: model)?.series, top: 1, .cache),
      part(SiteWords.worst(stack, .database), in: stack),
      disk(stack.disk),
      narrowest(stack),
    ]
  }

  static func history(_ part: StackPart?, in model: Model) -> (series: Series, top: Double?)? {
    guard let part, part.role != .application, let host = model.telemetry[part.container.host] else { return nil }
    return PartSources(part.container.id, as: part.role, in: host)?.history
  }

  private static func sparkline(_ series: Series?, top: Double?, _ role: Role) -> Table.Content {
    series.map { .sparkline(Sparkline($0.recent(24), top: top, role)) } ?? .empty
  }

  /// A dash where the project has none of it.
  private static func part(_ part: StackPart?, in stack: ProjectStack) -> Table.Content {
    // Of a host that was never heard nobody knows what it has.
    guard let part else { return stack.isUnseen ? .text("?", .unknown) : .text("–", .muted) }
    switch part.state {
    case .fine: return .text(part.short, part.short == "?" ? .unknown : .text)
    case .unknown: return .text("?", .unknown)
    case .stopped: return .text("down", .critical)
    case .busy: return .text(part.short == "?" ? "!" : part.short, SiteWords.role(part.state))
    }
  }

  private static func disk(_ disk: DiskUse?) -> Table.Content {
    guard let disk else { return .text("?", .unknown) }
    return .text(disk.used.percent, disk.severity.map { Tone.of($0) } ?? .text)
  }

  private static func narrowest(_ stack: ProjectStack) -> Table.Content {
    if let narrowest = stack.narrowest { return .text(narrowest.sentence, Tone.of(narrowest.severity)) }
    let unknown = stack.parts.count { if case .unknown = $0.state { true } else { false } }
    if stack.parts.isEmpty { return .text(ProjectText.sentence(stack).text, .unknown) }
    if unknown == stack.parts.count { return .text("not known: see its page", .unknown) }
    return unknown == 0 ? .text("all well", .good) : .text("well, as far as is known; \(unknown) unknown", .muted)
  }
}

package import Surface

/// Draws the whole screen of a model. The model must have been settled and scrolled: see `render`.
package func view(_ model: Model) -> Frame {
  var frame = Frame(size: model.size, glyphs: model.glyphs)
  let smallest = Layout.smallest
  guard model.size.width >= smallest.width, model.size.height >= smallest.height else {
    let needs = "vigie needs \(smallest.width)x\(smallest.height),"
    let has = "and has \(model.size.width)x\(model.size.height)"
    let isNarrow = model.size.width < needs.columns + has.columns + 1
    let lines = isNarrow ? [needs, has] : ["\(needs) \(has)"]
    for (row, text) in lines.enumerated() {
      let x = max(0, (model.size.width - text.columns) / 2)
      frame.put(text, x: x, y: model.size.height / 2 + row, Style(.warning))
    }
    return frame
  }
  let layout = model.layout
  HeaderView.draw(model, on: &frame, in: layout.header)
  if let detail = model.detail {
    switch detail {
    case .project(let id): ProjectView.draw(model, id, on: &frame, in: layout.body)
    case .host(let name): HostDetailView.draw(model, name, on: &frame, in: layout.body)
    case .model(let name): HostModelView.draw(model, name, on: &frame, in: layout.body)
    case .container(let id): ContainerDetailView.draw(model, id, on: &frame, in: layout.body)
    case .record(let id): RecordDetailView.draw(model, id, on: &frame, in: layout.body)
    case .incident(let id): IncidentDetailView.draw(model, id, on: &frame, in: layout.body)
    case .log, .inspection: ReadingView.draw(model, on: &frame, in: layout.body)
    }
  } else {
    for (pane, area) in layout.panes {
      switch pane {
      case .sites: SitesView.draw(model, on: &frame, in: area)
      case .hosts: HostsView.draw(model, on: &frame, in: area)
      case .containers: ContainersView.draw(model, on: &frame, in: area)
      case .caches: CachesView.draw(model, on: &frame, in: area)
      case .incidents: IncidentsView.draw(model, on: &frame, in: area)
      case .history: HistoryView.draw(model, on: &frame, in: area)
      }
    }
    if let charts = layout.charts { HostCharts.draw(model, on: &frame, in: charts) }
  }
  OverlayView.draw(model, on: &frame, in: layout.body)
  FooterView.draw(model, on: &frame, in: layout.footer)
  return frame
}

/// Makes the lists anew where needed, keeps each cursor in sight, and draws.
package func render(_ model: inout Model) -> Frame {
  model.settle()
  model.scroll()
  return view(model)
}

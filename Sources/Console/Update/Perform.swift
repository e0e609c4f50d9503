package import Fleet
import Incidents
import Operations
import Surface
import Telemetry

extension Model {
  /// Does a command, or says why it can't be done now.
  mutating func perform(_ command: CommandID) -> [Effect] {
    if let reason = unavailability(of: command) {
      say(reason, isProblem: true)
      return []
    }
    switch command {
    case .moveUp, .moveDown, .movePageUp, .movePageDown, .moveHalfPageUp, .moveHalfPageDown, .moveTop, .moveBottom:
      moveCursor(command)
    case .paneNext: focusPane(offset: 1)
    case .panePrevious: focusPane(offset: -1)
    case .paneHosts: focus(.hosts)
    case .paneSites: focus(.sites)
    case .paneContainers: focus(.containers)
    case .paneCaches: focus(.caches)
    case .paneIncidents: focus(.incidents)
    case .paneZoom: isZoomed.toggle()
    case .listSort: overlay = .menu(sortMenu)
    case .listSortReverse:
      self[focus].isReversed.toggle()
      lists.isStale = true
    case .listFilter where reading != nil: askFilterOfReading()
    case .listClearFilter where reading != nil: reading?.page.setFilter("")
    case .copy where reading != nil: return copyReading()
    case .matchNext where reading != nil, .matchPrevious where reading != nil: moveToMatch(command)
    case .moveLeft, .moveRight: moveSideways(command)
    case .containerLogs: openReading(.log)
    case .containerInspect: openReading(.inspection)
    case .logFollow: toggleFollowing()
    case .logTimes: showsTimes.toggle()
    case .logLonger: return moveWindow(by: 1)
    case .logShorter: return moveWindow(by: -1)
    case .textWrap: wrapsLines.toggle()
    case .listFilter: overlay = .filter(focus, TextField(self[focus].filter), before: self[focus].filter)
    case .listClearFilter: clearFilter()
    case .listAll:
      showsAllHosts.toggle()
      lists.isStale = true
    case .listStopped:
      showsStopped.toggle()
      lists.isStale = true
      say(showsStopped ? "stopped containers are shown" : "stopped containers are hidden")
    case .matchNext: moveCursor(.moveDown)
    case .matchPrevious: moveCursor(.moveUp)
    case .open: openDetail()
    case .back: return goBack()
    case .quit: return quit()
    case .help: overlay = .help(offset: 0)
    case .palette: overlay = .palette(TextField(), selected: 0)
    case .menu: overlay = .menu(actionMenu)
    case .copy: return copySelection()
    case .screenRedraw: return [.repaint]
    case .sampleNow: return askFigures()
    case .hostReconnect: return actedHost.map { [.reconnect($0)] } ?? []
    case .hostAnswer: return actedHost.map { [.handOver($0)] } ?? []
    case .lockToggle: toggleLock()
    case .markToggle: toggleMark()
    case .markClear: marks = []
    case .operationShow: if let number = operations.keys.max() { overlay = .progress(Progress(number)) }
    case .auditShow: return showHistory()
    case .containerRestart: return ask(.restart)
    case .containerStart: return ask(.start)
    case .containerStop: return ask(.stop)
    case .containerPause: return ask(.pause)
    case .containerResume: return ask(.unpause)
    case .containerKill: return ask(.kill)
    case .containerRemove: return ask(.remove)
    case .containerLimits: openLimits()
    case .containerShell: return askShell()
    case .containerCommand: openCommandLine()
    case .serviceRestart: return askService(.restart)
    case .serviceApply: return askService(.up)
    case .serviceRecreate: return askService(.recreate)
    case .serviceReplicas: openReplicas()
    case .hostReboot: return askReboot()
    case .hostModel: openModel()
    case .partAsk: return askPart()
    // Only a dialog or prompt asks for these, and takes them itself.
    case .dialogNext, .dialogPrevious, .dialogConfirm, .dialogCancel: break
    }
    return []
  }

  private mutating func askFigures() -> [Effect] {
    guard let host = actedHost else { return [] }
    say("\(host) is asked for fresh figures")
    return [.order(host, "now")]
  }

  /// The host that a command about a host means: the detail's, else the one under the cursor of the focused pane.
  package var actedHost: HostName? {
    switch detail {
    case .host(let name), .model(let name): return name
    case .project(let id): return projectPart?.container.host ?? stacks[id]?.hosts.first
    case .container(let id): return id.host
    case .incident(let id): return incident(id)?.key.host
    case .record(let id): return audit.host(of: id)
    case .log(let id), .inspection(let id): return id.host
    case nil: break
    }
    if focus == .history, case .record(let id)? = selection(.history) { return audit.host(of: id) }
    if focus == .incidents, case .incident(let id)? = selection(.incidents) { return incident(id)?.key.host }
    if focus == .sites, case .site(let id)? = selection(.sites) { return stacks[id]?.hosts.first }
    return selection(focus)?.host ?? selectedHost
  }

  /// The container that a command about a container means.
  package var actedContainer: ContainerID? {
    switch detail {
    case .container(let id), .log(let id), .inspection(let id): return id
    case .project: return projectPart?.container
    case .host, .model, .record: return nil
    case .incident(let id): return container(ofIncident: id)
    case nil: break
    }
    switch selection(focus) {
    case .container(let id), .cache(let id): return id
    case .incident(let id): return container(ofIncident: id)
    case .host, .site, .record, nil: return nil
    }
  }

  private func container(ofIncident id: Int) -> ContainerID? {
    guard let incident = incident(id), let name = incident.container else { return nil }
    let found = telemetry[incident.key.host]?.containers.values.first { $0.facts.name == name }
    return found.map { ContainerID(host: incident.key.host, id: $0.facts.id) }
  }

  /// The object under a pane's cursor.
  package func selection(_ pane: PaneID) -> RowID? {
    guard let row = selectedRow(pane) else { return nil }
    return rows(pane)[row]
  }

  private mutating func openDetail() {
    if isOnProject {
      guard let part = projectPart, let project = detail else { return }
      detailsBefore.append(project)
      detail = .container(part.container)
      return
    }
    switch selection(focus) {
    case .site(let id):
      detail = .project(id)
      projectRow = narrowestRow(of: id)
    case .host(let name): detail = .host(name)
    case .container(let id), .cache(let id): detail = .container(id)
    case .incident(let id): detail = .incident(id)
    case .record(let id): detail = .record(id)
    case nil: break
    }
  }

  /// Closes one thing: what lies on top, then the detail, the filter, the zoom.
  private mutating func goBack() -> [Effect] {
    if overlay != nil {
      overlay = nil
    } else if detail != nil {
      detail = detailsBefore.popLast()
    } else if !self[focus].filter.isEmpty {
      clearFilter()
    } else if focus == .history {
      leaveHistory()
    } else if !marks.isEmpty {
      say(marks.count == 1 ? "the mark is taken away" : "the \(marks.count) marks are taken away")
      marks = []
    } else if isZoomed {
      isZoomed = false
    } else if isOnSitesPage {
      focus = .hosts
    } else if showsAllHosts {
      showsAllHosts = false
      lists.isStale = true
    }
    return []
  }

  /// Backs out of what is open; at the top it ends the console, unless something that was started still runs.
  private mutating func quit() -> [Effect] {
    if overlay != nil || detail != nil || isZoomed || isOnSitesPage || focus == .history { return goBack() }
    if let running = operations.values.first(where: { !$0.isOver }) {
      if isLeaving { return [.quit] }
      isLeaving = true
      say("\(running.plan.title) still runs: quit again to leave it running on its host", isProblem: true)
      return []
    }
    return [.quit]
  }

  private mutating func clearFilter() {
    self[focus].filter = ""
    lists.isStale = true
  }

  private mutating func copySelection() -> [Effect] {
    guard let text = copyable else {
      say("there is nothing to copy here", isProblem: true)
      return []
    }
    let lines = text.split(separator: "\n")
    say("copied \(lines.count > 1 ? "\(lines.count) lines" : text)")
    return [.copy(text)]
  }

  /// What a person would want elsewhere of what is selected.
  private var copyable: String? {
    if case .model(let host)? = detail { return orderAddress(of: host) }
    switch selection(focus) {
    case .host(let name): return name.text
    case .site(let id): return [id.name, stacks[id]?.narrowest?.sentence].compactMap { $0 }.joined(separator: ": ")
    case .container(let id), .cache(let id): return facts(id)?.name ?? id.id
    case .incident(let id): return incident(id).map { "\($0.key.host): \($0.text)" }
    case .record(let id): return audit.history[id].map { $0.record.commands.joined(separator: "\n") }
    case nil: return nil
    }
  }
}

package import Fleet

/// The name of a command, as keymap files and the palette write it.
package enum CommandID: String, CaseIterable, Hashable, Sendable {
  case moveDown = "move.down"
  case moveUp = "move.up"
  case movePageDown = "move.pageDown"
  case movePageUp = "move.pageUp"
  case moveHalfPageDown = "move.halfPageDown"
  case moveHalfPageUp = "move.halfPageUp"
  case moveTop = "move.top"
  case moveBottom = "move.bottom"
  case moveLeft = "move.left"
  case moveRight = "move.right"

  case paneNext = "pane.next"
  case panePrevious = "pane.previous"
  case paneHosts = "pane.hosts"
  case paneContainers = "pane.containers"
  case paneCaches = "pane.caches"
  case paneIncidents = "pane.incidents"
  case paneSites = "pane.sites"
  case paneZoom = "pane.zoom"
  case open
  case back

  case listFilter = "list.filter"
  case listClearFilter = "list.clearFilter"
  case matchNext = "match.next"
  case matchPrevious = "match.previous"
  case listSort = "list.sort"
  case listSortReverse = "list.sortReverse"
  case listAll = "list.all"
  case listStopped = "list.stopped"
  case copy

  case hostReconnect = "host.reconnect"
  case hostAnswer = "host.answer"
  case sampleNow = "sample.now"
  case hostModel = "host.model"

  case lockToggle = "lock.toggle"
  case markToggle = "mark.toggle"
  case markClear = "mark.clear"
  case containerRestart = "container.restart"
  case containerStart = "container.start"
  case containerStop = "container.stop"
  case containerPause = "container.pause"
  case containerResume = "container.resume"
  case containerKill = "container.kill"
  case containerRemove = "container.remove"
  case containerLimits = "container.limits"
  case containerShell = "container.shell"
  case containerCommand = "container.command"
  case serviceRestart = "service.restart"
  case serviceApply = "service.apply"
  case serviceRecreate = "service.recreate"
  case serviceReplicas = "service.replicas"
  case hostReboot = "host.reboot"
  case operationShow = "operation.show"
  case auditShow = "audit.show"
  case partAsk = "part.ask"
  case containerLogs = "container.logs"
  case containerInspect = "container.inspect"
  case menu

  case logFollow = "log.follow"
  case logTimes = "log.times"
  case logLonger = "log.longer"
  case logShorter = "log.shorter"
  case textWrap = "text.wrap"

  case dialogConfirm = "dialog.confirm"
  case dialogCancel = "dialog.cancel"
  case dialogNext = "dialog.next"
  case dialogPrevious = "dialog.previous"

  case help
  case palette
  case screenRedraw = "screen.redraw"
  case quit

  /// What it changes on a host: the names are the same.
  package var action: ActionName? { ActionName(rawValue: rawValue) }
}

import Fleet
import Surface

extension Model {
  mutating func moveCursor(_ command: CommandID) {
    let page = max(1, pageHeight - 1)
    let step =
      switch command {
      case .moveUp: -1
      case .moveDown: 1
      case .movePageUp: -page
      case .movePageDown: page
      case .moveHalfPageUp: -max(1, page / 2)
      case .moveHalfPageDown: max(1, page / 2)
      case .moveTop: -1_000_000
      default: 1_000_000
      }
    switch overlay {
    case .help(let offset): overlay = .help(offset: max(0, min(offset + step, helpHeight)))
    case .answer(let offset): overlay = .answer(offset: max(0, min(offset + step, answerOverflow)))
    case nil where reading != nil: moveReading(command)
    case nil where isOnProject: moveOnProject(by: step)
    case nil where detail != nil: detailOffset = max(0, min(detailOffset + step, detailHeight))
    case nil: move(focus, by: step)
    default: break
    }
  }

  /// Moves a pane's cursor by rows, stopping at the ends.
  mutating func move(_ pane: PaneID, by step: Int) {
    settle()
    let rows = rows(pane)
    guard let row = selectedRow(pane) else { return }
    select(pane, row: max(0, min(rows.count - 1, row + step)))
  }

  mutating func select(_ pane: PaneID, row: Int) {
    let rows = rows(pane)
    guard rows.indices.contains(row) else { return }
    self[pane].selection = rows[row]
    self[pane].lastRow = row
    if pane == .hosts, case .host(let name) = rows[row], selectedHost != name {
      selectedHost = name
      lists.isStale = true
    }
  }

  mutating func focus(_ pane: PaneID) {
    detail = nil
    detailsBefore = []
    focus = pane
  }

  mutating func focusPane(offset: Int) {
    let all = PaneID.allCases.filter { $0 != .history && ($0 != .sites || layout.hasSites) }
    let index = all.firstIndex(of: focus) ?? 0
    focus = all[(index + offset + all.count) % all.count]
  }

  /// Keeps each pane's cursor within what is seen of it: the view's answer to how tall each list is.
  package mutating func scroll() {
    for (pane, height) in listHeights {
      guard let row = selectedRow(pane) else {
        self[pane].offset = 0
        continue
      }
      self[pane].offset = scrolled(
        offset: self[pane].offset, selected: row, visible: height, count: rows(pane).count)
    }
  }
}

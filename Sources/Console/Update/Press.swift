import Fleet
import Surface

extension Model {
  /// One key: to what is open over the panes, else to the command that the keymap gives it.
  mutating func press(_ key: Key) -> [Effect] {
    switch overlay {
    case .palette(let field, let selected): return type(key, inPalette: field, selected: selected)
    case .filter(let pane, let field, let before): return type(key, inFilterOf: pane, field, before: before)
    case .find(let field, let before): return type(key, inFilterOfReading: field, before: before)
    case .menu(let menu): return press(key, in: menu)
    case .limits(let form): return press(key, in: form)
    case .commandLine(let line): return type(key, inCommandLine: line)
    case .replicas(let form): return press(key, in: form)
    case .confirm(let confirmation): return press(key, in: confirmation)
    case .progress(let progress): return press(key, in: progress)
    case .ownQuestion(let form): return press(key, in: form)
    case .help, .answer, nil: break
    }
    let isAlone = chord.pressed.isEmpty
    switch chord.press(key, at: scope, in: keymap) {
    case .command(let command): return perform(command)
    case .own(let index): return performOwn(index)
    case .prefix: break
    case .none: if isAlone, overlay == nil { sayWhere(key) }
    }
    return []
  }

  /// Why a key does nothing here that does something elsewhere.
  private mutating func sayWhere(_ key: Key) {
    let others = Command.table.filter { command in
      command.group != .move && command.group != .dialogs && keymap[command.id].contains { $0.keys == [key] }
    }
    guard let command = others.first, let reason = paletteReason(command.id) else { return }
    say("\(key.notation) is \(command.id.rawValue): \(reason)")
  }

  /// Which commands the keys mean right now.
  package var scope: Scope {
    switch overlay {
    case .limits(let form): return form.typed == nil ? .dialog : .prompt
    case .confirm(let confirmation): return confirmation.typed == nil ? .dialog : .prompt
    case .menu, .progress: return .dialog
    case .help, .answer: return .page
    case .palette, .filter, .find, .commandLine, .replicas, .ownQuestion: return .prompt
    case nil: return placeBelow
    }
  }

  /// The place that an overlay lies over.
  var placeBelow: Scope {
    if let reading { return reading.kind == .log ? .log : .inspection }
    if isOnProject { return [.detail, .project] }
    if detail != nil { return .detail }
    switch focus {
    case .hosts: return .hosts
    case .sites: return .sites
    case .containers: return .containers
    case .caches: return .caches
    case .incidents: return .incidents
    case .history: return .history
    }
  }

  /// A paste is text for the prompt that is open; elsewhere it is nothing, and never keys.
  mutating func paste(_ text: String) {
    switch overlay {
    case .palette(var field, _):
      field.insert(text)
      overlay = .palette(field, selected: 0)
    case .filter(let pane, var field, let before):
      field.insert(text)
      setFilter(of: pane, field, before: before)
    case .limits(var form):
      form.typed = String(((form.typed ?? "") + text.filter { !$0.isWhitespace }).prefix(16))
      overlay = .limits(form)
    case .commandLine(var line):
      line.field.insert(text)
      overlay = .commandLine(line)
    case .replicas(var form):
      form.field.insert(text)
      overlay = .replicas(form)
    case .confirm(var confirmation):
      confirmation.typed?.insert(text)
      overlay = .confirm(confirmation)
    case .find(var field, let before):
      field.insert(text)
      filterReading(field, before: before)
    case .ownQuestion(var form):
      form.field.insert(text)
      overlay = .ownQuestion(form)
    default: break
    }
  }

  /// What a key asks of a dialog or prompt, by the keymap.
  func dialogCommand(_ key: Key) -> CommandID? {
    guard case .command(let command) = keymap.match([key], at: scope) else { return nil }
    return command
  }

  private mutating func type(_ key: Key, inPalette field: TextField, selected: Int) -> [Effect] {
    var field = field
    let entries = paletteEntries(field.text)
    switch dialogCommand(key) {
    case .dialogNext: overlay = .palette(field, selected: min(max(0, entries.count - 1), selected + 1))
    case .dialogPrevious: overlay = .palette(field, selected: max(0, selected - 1))
    case .dialogCancel: overlay = nil
    case .dialogConfirm:
      guard entries.indices.contains(selected) else { return [] }
      overlay = nil
      if let reason = described(entries[selected]).unavailable {
        say(reason, isProblem: true)
        return []
      }
      switch entries[selected] {
      case .command(let command): return perform(command)
      case .own(let index): return performOwn(index)
      }
    default:
      if key.code == .backspace, field.text.isEmpty {
        overlay = nil
      } else if field.edit(key) {
        overlay = .palette(field, selected: 0)
      }
    }
    return []
  }

  private mutating func type(
    _ key: Key, inFilterOf pane: PaneID, _ field: TextField, before: String
  ) -> [Effect] {
    var field = field
    switch dialogCommand(key) {
    case .dialogNext: move(pane, by: 1)
    case .dialogPrevious: move(pane, by: -1)
    case .dialogConfirm: overlay = nil
    case .dialogCancel:
      setFilter(of: pane, TextField(before), before: before)
      overlay = nil
    default:
      if key.code == .backspace, field.text.isEmpty {
        overlay = nil
      } else if field.edit(key) {
        setFilter(of: pane, field, before: before)
      }
    }
    return []
  }

  private mutating func setFilter(of pane: PaneID, _ field: TextField, before: String) {
    self[pane].filter = field.text
    overlay = .filter(pane, field, before: before)
    lists.isStale = true
  }

  private mutating func press(_ key: Key, in menu: Menu) -> [Effect] {
    var menu = menu
    if !key.control, !key.alt, case .character(let scalar) = key.code,
      let entry = menu.entries.first(where: { $0.letter == scalar })
    {
      return choose(entry)
    }
    if menu.isOfActions, keymap.match([key], at: placeBelow) == .command(.lockToggle) {
      toggleLock()
      refresh(menu)
      return []
    }
    switch dialogCommand(key) {
    case .dialogNext: menu.selected = min(menu.entries.count - 1, menu.selected + 1)
    case .dialogPrevious: menu.selected = max(0, menu.selected - 1)
    case .dialogConfirm:
      guard menu.entries.indices.contains(menu.selected) else { return [] }
      return choose(menu.entries[menu.selected])
    case .dialogCancel:
      overlay = nil
      return []
    default: break
    }
    overlay = .menu(menu)
    return []
  }

  private mutating func choose(_ entry: Menu.Entry) -> [Effect] {
    if let reason = entry.unavailable {
      say(reason, isProblem: true)
      return []
    }
    overlay = nil
    switch entry.choice {
    case .sort(let pane, let key):
      self[pane].sort = key
      lists.isStale = true
      return []
    case .command(let command):
      return perform(command)
    case .own(let index):
      return performOwn(index)
    }
  }
}

import Fleet
import Operations

/// The entries of one keymap file while they are checked: what it says itself, before what it inherits.
struct KeymapEntries {
  /// One key sequence of one command, and where the file gives it.
  private struct Entry {
    var command: CommandID
    var sequence: KeySequence
    var path: SettingsPath
  }

  private var entries: [Entry] = []
  /// The commands that the file has a list for, even an empty one.
  private var named: Set<CommandID> = []
  /// Those whose list can't be read at all: they keep the keys that they inherit.
  private var broken: Set<CommandID> = []

  /// Reads the object of commands and their lists of keys.
  mutating func read(_ reader: inout SettingsReader) {
    let names = CommandID.allCases.map(\.rawValue)
    for key in reader.keys {
      guard let command = CommandID(rawValue: key) else {
        let hint = nearest(to: key, in: names).map { "did you mean \($0)?" } ?? "docs/keys.md lists them"
        reader.noteKey(key, "no such command; \(hint)")
        continue
      }
      named.insert(command)
      let expected = "a list of keys such as [\"j\", \"Down\"]"
      guard let texts = reader.strings(key, expected: expected) else {
        broken.insert(command)
        continue
      }
      var read: [Entry] = []
      for (index, text) in texts {
        do throws(KeyFault) {
          let sequence = try KeySequence(notation: text)
          let path = reader.path + .key(key) + .index(index)
          read.append(Entry(command: command, sequence: sequence, path: path))
        } catch {
          reader.note(key, index, error.message)
        }
      }
      if read.isEmpty, reader.value[key] != .array([]) { broken.insert(command) }
      entries += read
    }
    reader.noteRepeats()
  }

  /// Lays the entries over what the file inherits, and notes each clash.
  func applied(to base: Keymap, _ reader: inout SettingsReader) -> (keymap: Keymap, warnings: [Problem]) {
    var keymap = base
    let own = withoutClashes(&reader)
    for command in named.subtracting(broken) { keymap[command] = [] }
    var warnings: [Problem] = []
    for entry in own {
      takeOver(entry, from: &keymap, &warnings, reader)
      keymap[entry.command].append(entry.sequence)
      let concern = entry.sequence.concern(for: entry.command)
      if let concern { warnings.append(KeymapEntries.problem(entry.path, concern, reader)) }
    }
    keepWaysOut(base, &keymap, &reader)
    return (keymap, warnings)
  }

  /// The entries that clash with none before them in the file.
  private func withoutClashes(_ reader: inout SettingsReader) -> [Entry] {
    var kept: [Entry] = []
    for entry in entries {
      guard let other = kept.first(where: { KeymapEntries.clash($0, entry) }) else {
        kept.append(entry)
        continue
      }
      let (mine, theirs) = (entry.sequence.notation, other.sequence.notation)
      if other.command == entry.command {
        reader.note(
          entry.path,
          mine == theirs ? "\(mine) is given twice; keep one" : "\(mine) and \(theirs) begin alike; keep one")
      } else {
        let what = mine == theirs ? "\(mine) is also" : "\(mine) and \(theirs) begin alike, and \(theirs) is"
        let place = reader.document.places.value(at: other.path).map { " on line \($0.line)" } ?? ""
        reader.note(
          entry.path,
          "\(what) the key of \(other.command.rawValue)\(place), where both apply; give one of them another key")
      }
    }
    return kept
  }

  private static func clash(_ one: Entry, _ other: Entry) -> Bool {
    one.command == other.command
      ? one.sequence.clashes(with: other.sequence)
      : KeySequence.clash(one.sequence, of: one.command, other.sequence, of: other.command)
  }

  /// Takes an entry's key from the commands that only inherited it: the file's own word counts for more.
  private func takeOver(
    _ entry: Entry, from keymap: inout Keymap, _ warnings: inout [Problem], _ reader: SettingsReader
  ) {
    for command in CommandID.allCases
    where command != entry.command && (!named.contains(command) || broken.contains(command)) {
      let lost = keymap[command].filter { KeySequence.clash($0, of: command, entry.sequence, of: entry.command) }
      guard !lost.isEmpty else { continue }
      keymap[command].removeAll { lost.contains($0) }
      let keys = lost.map(\.notation).joined(separator: ", ")
      let left = keymap[command].map(\.notation).joined(separator: ", ")
      let rest = left.isEmpty ? "is left with none" : "keeps \(left)"
      warnings.append(
        KeymapEntries.problem(
          entry.path,
          "\(keys) was the key of \(command.rawValue), which now \(rest); give \(command.rawValue) a list of its own",
          reader))
    }
  }

  /// Gives the commands without which nobody gets out of what is open their inherited keys back.
  private func keepWaysOut(_ base: Keymap, _ keymap: inout Keymap, _ reader: inout SettingsReader) {
    for command in [CommandID.quit, .dialogConfirm, .dialogCancel] {
      let prompts = command.command.scope.contains(.prompt)
      let works = { (sequence: KeySequence) in !(prompts && sequence.keys.first?.editsText ?? true) }
      guard !keymap[command].contains(where: works) else { continue }
      let inherited = base[command].filter(works)
      guard !inherited.isEmpty else { continue }
      let what = prompts ? "a key that edits no text" : "a key"
      let path = SettingsPath([.key("keys"), .key(command.rawValue)])
      reader.note(
        path,
        "without \(what) here nobody gets out of what is open; add \(inherited.map(\.notation).joined(separator: ", "))"
      )
      for other in CommandID.allCases where other != command {
        keymap[other].removeAll { theirs in
          inherited.contains { KeySequence.clash($0, of: command, theirs, of: other) }
        }
      }
      keymap[command] += inherited
    }
  }

  private static func problem(_ path: SettingsPath, _ message: String, _ reader: SettingsReader) -> Problem {
    let document = reader.document
    return Problem(file: document.file, place: document.places.value(at: path), path: path, message: message)
  }
}

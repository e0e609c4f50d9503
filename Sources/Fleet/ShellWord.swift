/// Words for a POSIX shell: the one place where vigie quotes.
package enum ShellWord {
  /// One word that a POSIX shell reads back as exactly `text`.
  ///
  /// Plain words stay readable; all others go into single quotes. NUL cannot be in a word and is dropped.
  package static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", "=", ":", ",", "@", "%", "+": true
      default: false
      }
    }
    if plain && !text.isEmpty { return text }
    let inner = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    return "'" + inner.filter { $0 != "\0" } + "'"
  }

  /// The command line of `arguments`, each quoted as far as it needs.
  package static func line(_ arguments: [String]) -> String {
    arguments.map(quoted).joined(separator: " ")
  }
}

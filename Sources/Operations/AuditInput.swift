import Fleet
import Telemetry

/// What of a job's input and output is kept in its record: enough to say exactly what ran and what it wrote, and bounded.
enum AuditInput {
  /// Of what one step reads, in bytes of UTF-8; vigie's own scripts have less than half of it.
  private static let most = 16_384
  private static let mostLines = 100
  private static let mostScalars = 500

  /// What each step reads on its standard input; `nil` for one that reads nothing.
  ///
  /// It has no secrets: where a script needs one, it is told where that lies.
  static func inputs(of steps: [Step]) -> [String?] {
    steps.map { step in step.input.map(bounded) }
  }

  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > most else { return text }
    // A character that the cut goes through is left out whole.
    let kept = text.utf8.prefix(most)
    let end = kept.endIndex.samePosition(in: text.unicodeScalars) ?? text.unicodeScalars.index(before: kept.endIndex)
    return text[..<end] + "\n… cut here: \(text.utf8.count) bytes in all"
  }

  /// What the steps that read a script said: those are vigie's own, and say what they wrote. What other commands print
  /// may hold anything, and is not kept.
  static func reported(_ progress: JobProgress, _ inputs: [String?]) -> [String] {
    let lines = progress.output.filter { line in
      line.step.map { inputs.indices.contains($0) && inputs[$0] != nil } ?? false
    }
    // They pass on what Docker, PHP-FPM or Redis said of an error.
    var secrets = SecretText()
    return lines.suffix(mostLines).map { Clean.text(secrets.masked($0.text), limit: mostScalars) }
  }
}

import Fleet
import Telemetry

extension Target {
  /// `docker compose` with those words for the container's project, with the limits that vigie keeps for it.
  ///
  /// The container's labels say what it was made from; vigie's own file may have come or gone since, so the host looks.
  func composeStep(_ words: [String], limit: Duration) throws(Unavailable) -> Step {
    var files = try composeFiles().filter { !$0.hasSuffix("/\(OwnFile.named)") }
    guard let first = files.first else { return Step(try compose() + words, limit: limit) }
    let standard = OwnFile.standard(first)
    let hadStandard = files.last == standard
    // Later files have the last word, so none changes its place.
    if hadStandard { files.removeLast() }
    let directory = first[...(first.lastIndex(of: "/") ?? first.startIndex)]
    let own = ShellWord.quoted("\(directory)\(OwnFile.named)")
    var target = self
    target.facts.composeFiles = files.joined(separator: ",")
    // An override that it was made with counts whoever wrote it; any other only where vigie did.
    let quoted = ShellWord.quoted(standard)
    let test = hadStandard ? "[ -e \(quoted) ]" : "grep -qs '^\(OwnFile.mark)' \(quoted)"
    let standardWords = files.contains(standard) ? "" : "\(test) && set -- --file \(quoted); "
    let line =
      standardWords + "[ -e \(own) ] && set -- \"$@\" --file \(own); "
      + "exec \(ShellWord.line(try target.compose())) \"$@\" \(ShellWord.line(words))"
    return Step(["sh", "-c", line], limit: limit, note: "with the limits that vigie keeps, where there are any")
  }
}

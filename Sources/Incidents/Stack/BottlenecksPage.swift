/// `docs/bottlenecks.md`, made from the rules themselves.
package enum BottlenecksPage {
  package static var markdown: String {
    let rows = Bottleneck.allCases.map { rule in
      "| `\(rule.rawValue)` | \(rule.row.looksAt) | \(rule.row.sentence) | \(rule.row.advice) |"
    }
    return """
      # The narrowest place

      Each project has one sentence that names what limits it right now. These rules are tried on all its parts, hosts and
      domains, from the visitor to the disk. The most severe finding wins; among those a cause before what is only its
      symptom (`server-errors`, `site-down`, `slow-first-byte`), then what is furthest over its level, and at last what a
      request meets first. What is unknown is never found narrow, and the page of the project says what is unknown. One of
      several containers in a role that is stopped is a warning while another runs. A name in parentheses is a
      threshold of the fleet file (`docs/thresholds.md`); the narrowest place does not wait for its `for`.

      This page is made by `make docs` from `Sources/Incidents/Stack/Bottleneck.swift`; a test compares them.

      | rule | what is looked at | how it is told | what to do |
      | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))

      """
  }
}

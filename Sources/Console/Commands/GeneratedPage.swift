import Fleet
import Incidents
import Operations

/// A file of `docs/` that is made from the program's tables; `make docs` writes them, and a test compares them.
package struct GeneratedPage: Hashable, Sendable {
  /// From the top of the repository.
  package var path: String
  package var text: String

  package static var all: [GeneratedPage] {
    [
      GeneratedPage(path: "docs/keys.md", text: KeysPage.markdown(Command.table, Keymap.shipped)),
      GeneratedPage(path: "docs/actions.md", text: ActionsPage.markdown),
      GeneratedPage(path: "docs/bottlenecks.md", text: BottlenecksPage.markdown),
      GeneratedPage(path: "docs/thresholds.md", text: ThresholdsPage.markdown),
      GeneratedPage(path: "docs/actions.md", text: ActionsPage.markdown),
      GeneratedPage(path: "docs/keymap.schema.json", text: KeymapSchema.text),
      GeneratedPage(path: "docs/theme.schema.json", text: ThemeSchema.text),
    ]
  }
}

/// Where a command applies, and where the operator is: a set of places.
package struct Scope: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let hosts = Scope(rawValue: 1 << 0)
  package static let containers = Scope(rawValue: 1 << 1)
  package static let caches = Scope(rawValue: 1 << 2)
  package static let incidents = Scope(rawValue: 1 << 3)
  /// The view of one host or one container.
  package static let detail = Scope(rawValue: 1 << 4)
  /// The help, or another page of text, over the panes.
  package static let page = Scope(rawValue: 1 << 5)
  /// A question or a menu. Nothing else takes keys while it is open.
  package static let dialog = Scope(rawValue: 1 << 6)
  /// A line being typed: the filter, the palette, a name asked for. Keys that edit text press nothing there.
  package static let prompt = Scope(rawValue: 1 << 7)

  package static let sites = Scope(rawValue: 1 << 8)
  /// The page of one project, which is a detail with a cursor.
  package static let project = Scope(rawValue: 1 << 9)

  /// What was done to the fleet: a page with a list.
  package static let history = Scope(rawValue: 1 << 10)
  /// The page of a container's log.
  package static let log = Scope(rawValue: 1 << 11)
  /// The page of a container's inspection.
  package static let inspection = Scope(rawValue: 1 << 12)
  package static let reading: Scope = [.log, .inspection]

  /// The five panes, and the page that is a list.
  package static let list: Scope = [.hosts, .sites, .containers, .caches, .incidents, .history]
  /// Wherever the cursor can be on a container.
  package static let container: Scope = [.containers, .caches, .detail]
  /// Wherever no question is open and nothing is being typed: `everywhere` to a person.
  package static let any: Scope = [.list, .detail, .project, .page, .log, .inspection]

  /// The places one by one, with the names that help and messages use.
  package static let places: [(scope: Scope, name: String)] = [
    (.hosts, "hosts"), (.sites, "sites"), (.containers, "containers"), (.caches, "caches"), (.incidents, "incidents"),
    (.detail, "detail"), (.project, "project"), (.history, "history"), (.log, "log"), (.inspection, "inspection"),
    (.page, "page"), (.dialog, "dialog"), (.prompt, "prompt"),
  ]

  /// Whether some place is in both.
  package func overlaps(_ other: Scope) -> Bool { !isDisjoint(with: other) }

  /// As a person says it: `everywhere`, or the names of the places.
  package var description: String {
    var rest = self
    var names: [String] = []
    for (scope, name) in [(Scope.any, "everywhere"), (.list, "lists")] where rest.isSuperset(of: scope) {
      names.append(name)
      rest.subtract(scope)
    }
    return (names + Scope.places.filter { rest.overlaps($0.scope) }.map(\.name)).joined(separator: ", ")
  }
}

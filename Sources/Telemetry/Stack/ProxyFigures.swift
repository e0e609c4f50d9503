/// How a Traefik is right now; `nil` is unknown.
package struct ProxyFigures: Hashable, Sendable {
  /// Of one service or router.
  package struct Traffic: Hashable, Sendable {
    package var name: String
    package var requestsPerSecond: Double?
    package var serverErrorsPerSecond: Double?

    package init(name: String) { self.name = name }
  }

  package var requestsPerSecond: Double?
  package var serverErrorsPerSecond: Double?
  package var routers: Int?
  package var routersInError: Int?
  /// The busiest first.
  package var traffic: [Traffic] = []

  package init() {}
}

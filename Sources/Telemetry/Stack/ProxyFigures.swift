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
  /// Of all protocols, as Traefik counts them: its own are among them.
  package var routersInError: Int?
  /// One of those, and why Traefik could not build it, in its own words.
  package var routerInError: String?
  package var whyInError: String?
  /// Of the services whose servers Traefik looks at.
  package var servers: Int?
  package var serversDown: Int?
  /// By service, the busiest first; what Traefik answers by itself, where no server of a service is up, is in none.
  package var traffic: [Traffic] = []
  /// By router, the busiest first; empty unless Traefik is told to count them.
  package var routerTraffic: [Traffic] = []

  package init() {}
}

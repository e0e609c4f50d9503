package import Fleet

/// How a MariaDB, MySQL or PostgreSQL is right now; `nil` is unknown.
package struct DatabaseFigures: Hashable, Sendable {
  /// Of a replica.
  package struct Replication: Hashable, Sendable {
    package var isRunning: Bool
    package var lag: Duration?

    package init(isRunning: Bool, lag: Duration? = nil) {
      self.isRunning = isRunning
      self.lag = lag
    }
  }

  package var version: String?
  package var connections: Int?
  package var maxConnections: Int?
  /// Threads that work on a query.
  package var running: Int?
  package var queriesPerSecond: Double?
  package var slowPerSecond: Double?
  /// Reads that the buffer pool or the shared buffers answered.
  package var bufferHits: Ratio?
  package var lockWaitsPerSecond: Double?
  /// Transactions that wait for a lock now.
  package var waitingForLocks: Int?
  package var longestQuery: Duration?
  package var longestText: String?
  /// `nil` where it is no replica, or that is not known.
  package var replication: Replication?
  package var size: ByteCount?

  package init() {}

  package var full: Ratio? {
    guard let connections, let maxConnections, maxConnections > 0 else { return nil }
    return Ratio(Double(connections), of: Double(maxConnections))
  }
}

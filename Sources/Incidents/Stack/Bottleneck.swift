/// The rules that find the narrowest place, from the visitor to the disk; the raw value is the rule's name.
package enum Bottleneck: String, CaseIterable, Sendable {
  case certificate
  case proxyDown = "proxy-down"
  case routerError = "router-error"
  case webDown = "web-down"
  case serverErrors = "server-errors"
  case phpDown = "php-down"
  case phpFull = "php-full"
  case applicationDown = "application-down"
  case cacheDown = "cache-down"
  case cacheEvicting = "cache-evicting"
  case databaseDown = "database-down"
  case databaseConnections = "database-connections"
  case databaseLocks = "database-locks"
  case databaseSlow = "database-slow"
  case replication
  case unhealthy
  case cpuLimit = "cpu-limit"
  case memoryLimit = "memory-limit"
  case hostCPU = "host-cpu"
  case hostSteal = "host-steal"
  case disk
  case siteDown = "site-down"
  case slowFirstByte = "slow-first-byte"
  case noRedirect = "no-redirect"

  /// What shows that something is wrong, but not where: it yields to any cause that is as severe.
  var isSymptom: Bool { [.serverErrors, .siteDown, .slowFirstByte].contains(self) }

  /// How long it must have been so: what jumps from sample to sample limits nobody yet.
  var hold: Duration {
    [.hostCPU, .hostSteal, .cpuLimit, .memoryLimit].contains(self) ? .seconds(10) : .zero
  }

  /// What is looked at, an example of the sentence, and what to do: a row of `docs/bottlenecks.md`.
  package var row: (looksAt: String, sentence: String, advice: String) {
    switch self {
    case .certificate:
      (
        "a domain's certificate: expired, refused by a browser, or with little of its life left (`certificate`)",
        "shop.example: its certificate expired on 2026-11-21", "renew it; look at the log of what renews it"
      )
    case .proxyDown: ("the proxy's container does not run", "the proxy is stopped: it ended with 137", Self.start)
    case .routerError:
      (
        "routers that Traefik could not build", "the proxy: 1 of 4 routers in error: shop@docker",
        "see why on the proxy's detail; then the container's labels and the proxy's log"
      )
    case .webDown: ("the web server's container does not run", "the web server is stopped: it ended with 1", Self.start)
    case .serverErrors:
      (
        "answers with a status from 500 on, as a share of all (`serverErrors`), with at least 0.2 requests a second; the web "
          + "server before the proxy, which passes them on",
        "the web server: 12% of its answers are server errors (5xx)",
        "see which paths fail on the project's page, and the log of PHP or the application"
      )
    case .phpDown: ("PHP's container does not run", "PHP-FPM is stopped: it ended with 139", Self.start)
    case .phpFull:
      (
        "busy workers against `pm.max_children` (`phpBusy`), and requests that wait",
        "PHP-FPM: 4 of 4 workers busy, 6 waiting, for 3 minutes; the database is idle",
        "see the slowest requests; more workers only where memory and the database have room"
      )
    case .applicationDown:
      ("the application's container does not run", "the application is stopped: it ended with 1", Self.start)
    case .cacheDown: ("the cache's container does not run", "the cache is stopped: it ended with 137", Self.start)
    case .cacheEvicting:
      (
        "keys thrown out (`cacheEvictions`) while misses are over their level",
        "the cache: 120 keys thrown out a second, hit rate 31%", "give it more memory, or keep less in it"
      )
    case .databaseDown:
      ("the database's container does not run", "the database is stopped: it ended with 137", Self.start)
    case .databaseConnections:
      (
        "connections against their maximum (`databaseConnections`)", "the database: 19 of 20 connections used",
        "see who holds them; fewer workers, or a higher maximum where memory allows it"
      )
    case .databaseLocks:
      (
        "transactions that wait for a lock (`databaseLocks`)", "the database: 6 transactions wait for a lock",
        "see the longest query: what holds the lock is often a report or a migration"
      )
    case .databaseSlow:
      (
        "slow queries (`databaseSlow`) and the longest one (`databaseLongest`)",
        "the database: a query has run for 42 seconds", "see the queries that run now; an index is often what lacks"
      )
    case .replication:
      (
        "a replica that does not run", "the database: its replication stands still",
        "see the replica's own status for the error that stopped it"
      )
    case .unhealthy:
      ("a part's own health check", "PHP-FPM is unhealthy", "see what its check runs, and the container's log")
    case .cpuLimit:
      (
        "periods in which a part's CPU limit held it back, for 10 s",
        "PHP-FPM: held back by its CPU limit in 82% of periods",
        "raise the limit, or find what uses the CPU"
      )
    case .memoryLimit:
      (
        "a part's memory against its limit, for 10 s (not of a cache or database: those fill it as they should)",
        "PHP-FPM: 97% of its memory limit used", "raise the limit before the kernel kills it, or use less"
      )
    case .hostCPU:
      (
        "the CPU of the project's hosts, for 10 s", "host web-1: CPU 97% busy",
        "sort the containers by CPU to see what uses it"
      )
    case .hostSteal:
      (
        "time that the hypervisor gave to others (`steal`), for 10 s", "host web-1: 34% of its CPU time is stolen",
        "ask the provider, or move: nothing on the host changes it"
      )
    case .disk:
      (
        "the fullest file system of the project's hosts", "host web-1: / is 97% full, 1.2G left",
        "`disk` on the host's detail says what Docker takes"
      )
    case .siteDown:
      (
        "a domain that does not answer, or with a status from 500 on, while no part is found broken",
        "shop.example: it answers with 502, though all parts run",
        "see the name's address, the firewall, and what the proxy sends this name to"
      )
    case .slowFirstByte:
      (
        "time to the first byte (`firstByte`), where nothing else is narrow",
        "shop.example: 2.4 s to the first byte, and no part is at its limit",
        "see the split of the time on the page, and the slowest paths"
      )
    case .noRedirect:
      (
        "whether `http` leads to `https`; only told where nothing else is found",
        "shop.example: http does not redirect to https", "add the redirect to the proxy's configuration"
      )
    }
  }

  private static let start = "see why it ended in its log, then start it"
}

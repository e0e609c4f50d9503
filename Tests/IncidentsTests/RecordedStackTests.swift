import Fleet
import Testing

@testable import Incidents

/// Each rule of `docs/bottlenecks.md` on a real host that has it: recorded by `Recordings/record`, played here.
struct RecordedStackTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Bottleneck
    var severity: Severity
    var says: String

    init(_ rule: Bottleneck, _ severity: Severity, _ says: String) {
      self.rule = rule
      self.severity = severity
      self.says = says
    }

    var testDescription: String { rule.rawValue }
  }

  /// No hypervisor takes time from this machine: `BottleneckTests` has that.
  private static let unrecorded: Set<Bottleneck> = [.hostSteal]

  static let cases: [Case] = [
    Case(.certificate, .critical, "journal.example: its certificate expired on 2026-11-22"),
    Case(.proxyDown, .critical, "the proxy is stopped: it ended with 0"),
    Case(.routerError, .warning, "the proxy: 1 of 7 routers in error: shop@file"),
    Case(.webDown, .critical, "the web server is stopped: it ended with 137"),
    Case(.serverErrors, .critical, "the web server: 98% of its answers are server errors (5xx)"),
    Case(.phpDown, .critical, "PHP-FPM is stopped: it ended with 137"),
    Case(
      .phpFull, .critical,
      "PHP-FPM: 4 of 4 workers busy, 8 waiting, for 13 seconds; the database is idle"),
    Case(.applicationDown, .critical, "the application is stopped: it ended with 137"),
    Case(.cacheDown, .critical, "the cache is stopped: it ended with 0"),
    Case(.cacheEvicting, .warning, "the cache: 307 keys thrown out a second, hit rate 0%, for 10 seconds"),
    Case(.databaseDown, .critical, "the database is stopped: it ended with 137"),
    Case(.databaseConnections, .critical, "the database: 20 of 20 connections used"),
    Case(.databaseLocks, .warning, "the database: 8 transactions wait for a lock"),
    Case(.databaseSlow, .warning, "the database: a query has run for 14 seconds"),
    Case(.replication, .critical, "the database: its replication stands still"),
    Case(.unhealthy, .critical, "the application is unhealthy"),
    Case(
      .cpuLimit, .critical,
      "the application: held back by its CPU limit in 100% of periods, for 24 seconds; the database is idle"),
    Case(.memoryLimit, .critical, "the application: 97% of its memory limit used, for 17 seconds"),
    Case(.hostCPU, .critical, "host web-1: CPU 100% busy, for 19 seconds"),
    Case(.disk, .critical, "host web-1: /srv/small is 97% full, 897K left"),
    Case(.siteDown, .critical, "journal.example: nothing answers at port 443, though all parts run"),
    Case(.slowFirstByte, .warning, "journal.example: 2.0 s to the first byte, and no part is at its limit"),
    Case(.noRedirect, .notice, "boutique.example: http does not redirect to https"),
  ]

  @Test(arguments: cases) func `a real host's narrowest place is found and told`(_ test: Case) throws {
    let narrowest = try #require(try RecordedSite(test.rule.rawValue).narrowest)
    #expect(narrowest.rule == test.rule.rawValue)
    #expect(narrowest.severity == test.severity)
    #expect(narrowest.sentence == test.says)
  }

  @Test func `every rule is recorded but those that this machine cannot have`() {
    #expect(Set(Self.cases.map(\.rule)) == Set(Bottleneck.allCases).subtracting(Self.unrecorded))
  }

  @Test func `a real host in good health has none, and each of its parts says how it is`() throws {
    let stack = try #require(try RecordedSite("calm").stack)
    #expect(stack.narrowest == nil)
    #expect(stack.parts.map(\.role) == [.proxy, .web, .php, .cache, .database])
    #expect(stack.parts.map(\.state) == stack.parts.map { _ in .fine })
    #expect(stack.missing == [])
  }

  /// What is told follows the operator's levels, not those that are shipped.
  @Test func `a level that the operator set is the one that counts`() throws {
    let lenient = ["databaseLocks": ThresholdChange(warning: 50, critical: 100)]
    #expect(try RecordedSite("database-locks", changes: lenient).narrowest?.rule != "database-locks")
    let strict = ["databaseLocks": ThresholdChange(warning: 1, critical: 2)]
    #expect(try RecordedSite("database-locks", changes: strict).narrowest?.severity == .critical)
  }
}

import Fleet
import Telemetry
import Testing

@testable import Console

/// The names that scripts rely on.
struct ReportTests {
  private func members(_ json: JSON?) -> [String: JSON] {
    guard case .object(let members)? = json else { return [:] }
    return members
  }

  private func list(_ json: JSON?) -> [JSON] {
    guard case .array(let values)? = json else { return [] }
    return values
  }

  private func expect(_ json: JSON?, has names: [String]) {
    #expect(names.filter { members(json)[$0] == nil } == [])
  }

  @Test func `every name is there, known or not`() {
    var desk = Desk()
    desk.report(["web-1"], times: 12)
    desk.take(.link(HostName("web-2"), .backingOff(until: desk.now, attempt: 1, reason: "no route")))
    let document = members(Report.document(of: desk.model))
    let hosts = list(document["hosts"])
    #expect(hosts.count == 3)
    for host in hosts {
      expect(
        host,
        has: [
          "name", "environment", "state", "age_seconds", "reason", "cpu", "memory", "load", "disks", "containers",
          "caches",
        ])
      expect(members(host)["cpu"], has: ["used_ratio", "cores"])
      expect(members(host)["memory"], has: ["used_bytes", "total_bytes"])
      expect(members(host)["load"], has: ["one"])
    }
    let first = members(hosts[0])
    #expect(first["state"] == .string("live"))
    #expect(first["reason"] == .null)
    for disk in list(first["disks"]) { expect(disk, has: ["mount", "used_bytes", "total_bytes"]) }
    #expect(list(first["containers"]).count == 8)
    for container in list(first["containers"]) {
      expect(
        container,
        has: ["id", "name", "project", "service", "image", "state", "health", "restart_count", "cpu", "memory"])
      expect(members(container)["cpu"], has: ["used_cores", "limit_cores"])
      expect(members(container)["memory"], has: ["used_bytes", "limit_bytes"])
    }
    #expect(list(first["caches"]).count == 1)
    expect(
      list(first["caches"]).first,
      has: [
        "container", "hit_ratio", "hits_per_second", "misses_per_second", "used_bytes", "max_bytes",
        "evicted_per_second",
        "keys",
      ])
    expect(
      list(document["incidents"]).first,
      has: ["severity", "host", "service", "kind", "first_seen", "last_seen", "count", "text"])
    let second = members(hosts[1])
    #expect(second["state"] == .string("unreachable"))
    #expect(second["reason"] == .string("no route"))
    #expect(members(second["cpu"])["used_ratio"] == .null)
    #expect(members(second["memory"])["used_bytes"] == .null)
    #expect(second["age_seconds"] == .null)
  }

  @Test func `a container without a limit has none, and not zero`() {
    var desk = Desk()
    desk.report(["web-1"])
    let host = members(list(members(Report.document(of: desk.model))["hosts"]).first)
    let unlimited = list(host["containers"]).map(members).first { $0["service"] == .string("nginx") }
    #expect(members(unlimited?["cpu"])["limit_cores"] == .null)
  }

  @Test func `the table says what is not known with a question mark`() {
    var desk = Desk()
    desk.report(["web-1"])
    let rows = PlainTable.text(of: desk.model).split(separator: "\n")
    #expect(rows[1].hasPrefix("web-1    prod  live"))
    #expect(
      rows[3].split(separator: " ").map(String.init)
        == ["staging", "dev", "connecting", "?", "?", "?", "?", "?", "?", "it", "has", "not", "answered", "yet"])
  }
}

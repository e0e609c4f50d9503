import Testing

extension EndToEnd {
  /// The sites of the local fleet as visitors meet them, and the faults of their stack: what the rest relies on.
  @Suite struct Sites {
    private static let domains = ["web-1": "boutique.example", "web-2": "journal.example", "staging": "essai.example"]

    @Test(arguments: Rig.hosts)
    func `a site answers over HTTPS, and http is sent there`(host: String) {
      #expect(visit(host, "https", "/") == "0 200")
      #expect(visit(host, "http", "/") == "0 301")
      #expect(visit(host, "https", "/broken.php") == "0 500")
    }

    @Test(arguments: Rig.hosts)
    func `a certificate expires, and a new one comes`(host: String) async throws {
      try await change("certificate", host, broken: "60 000", healed: "0 200") { visit(host, "https", "/") }
    }

    @Test(arguments: Rig.hosts)
    func `the redirect goes, and comes back`(host: String) async throws {
      try await change("redirect", host, broken: "0 200", healed: "0 301") { visit(host, "http", "/") }
    }

    @Test func `a database is stopped and started`() async throws {
      let state = "docker inspect --format '{{.State.Status}}' journal-db-1"
      try await change("db-stop", "web-2", broken: "exited", healed: "running") { Rig.on("web-2", state).text }
    }

    @Test func `a small file system is full, and then gone`() async throws {
      let use = "df --output=pcent,fstype /srv/small 2>/dev/null | tail -n 1 || true"
      try await change("disk-full", "web-1", broken: "97% ext4", healed: "") { Rig.on("web-1", use).text }
    }

    @Test func `ten slow requests are six too many for four workers`() async throws {
      // The receive queue of the listening socket, port 9000: the requests that no worker has taken.
      let waiting = """
        awk '$2 ~ /:2328$/ && $4 == "0A" { split($5, queues, ":"); print queues[2] }' \
        /proc/$(docker inspect --format '{{.State.Pid}}' journal-php-1)/net/tcp6
        """
      try await change("slow-requests", "web-2", broken: "00000006", healed: "00000000") {
        Rig.on("web-2", waiting).text
      }
    }

    @Test func `errors come twenty a second, and end`() async throws {
      let counted = "docker logs --since 2s journal-proxy-1 2>&1 | grep -c ' 500 '"
      let many = #/^[2-6]\d$/#
      try await change("errors", "web-2", broken: "many", healed: "0") {
        let count = Rig.on("web-2", counted).text
        return count.contains(many) ? "many" : count
      }
    }

    /// Breaks a host until `look` gives `broken`, then heals it until it gives `healed`.
    private func change(
      _ fault: String, _ host: String, broken: String, healed: String, look: () -> String
    ) async throws {
      var seen = ""
      func wait(for wanted: String) async throws {
        try await EndToEndTests.wait(for: "\(wanted) with \(fault)", limit: .seconds(15), evidence: { seen }) {
          seen = look()
          return seen == wanted ? true : nil
        }
      }
      do {
        defer { Rig.fleet("heal", fault, host) }
        Rig.fleet("fault", fault, host)
        try await wait(for: broken)
      }
      try await wait(for: healed)
    }

    /// The exit status of curl, and the status of the answer.
    private func visit(_ host: String, _ scheme: String, _ path: String) -> String {
      let url = "\(scheme)://\(Self.domains[host] ?? "")\(path)"
      let outcome = run(
        Rig.root + "/Tests/Fleet/fleet", "visit", host, "--silent", "--max-time", "10", "--output", "/dev/null",
        "--write-out", "%{http_code}", url)
      return "\(outcome.status) \(outcome.text)"
    }
  }
}

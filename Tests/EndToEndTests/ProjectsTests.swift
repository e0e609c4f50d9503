import Testing

extension EndToEnd {
  /// `projects[]` of `--once --json`: what scripts rely on.
  @Suite struct Projects {
    private static let projectNames = ["name", "environment", "hosts", "narrowest", "severity", "domains", "parts"]
    private static let domainNames = [
      "name", "status", "first_byte_seconds", "certificate_not_after", "redirects_to_https", "why_unknown",
    ]
    private static let partNames = ["role", "container", "host", "state", "why_unknown", "load_ratio"]
    /// Each role's own figures, all known on the local fleet.
    private static let figures = [
      "proxy": ["requests_per_second", "active", "server_errors_per_second", "client_errors_per_second"],
      "web": ["requests_per_second", "active", "server_errors_per_second", "client_errors_per_second"],
      "php": ["active", "idle", "total", "limit", "queue", "requests_per_second"],
      "database": [
        "connections", "max_connections", "running", "queries_per_second", "size_bytes", "longest_query_seconds",
      ],
      "cache": ["hit_ratio", "commands_per_second", "used_bytes", "max_bytes", "clients"],
    ]
    private static let states: Set = ["fine", "notice", "warning", "critical"]

    @Test func `each project has its names, and figures that make sense`() throws {
      let place = Place(hasSites: true)
      // A Redis that nobody looks anything up in has no hit rate.
      Rig.fleet("load", "start")
      defer { Rig.fleet("load", "stop") }
      let (status, document) = try place.document("--fleet", place.fleetFile, "--once", "--json")
      #expect(status == 0)
      // And the one that the place does not declare.
      #expect(document["projects"]?.list.count == Rig.sites.count + 1)
      let proxy = document["projects"]?.named("vitrine")?["parts"]?.list.first
      #expect(proxy?["role"] == .text("proxy") && proxy?["routers_in_error"] == .number(0))
      #expect(proxy?["services"]?.list.isEmpty == false && proxy?["by_router"]?.list.isEmpty == false)
      for (host, site) in Rig.sites {
        let project = try #require(document["projects"]?.named(site.project))
        for name in Self.projectNames { #expect(project[name] != nil, "\(name) of \(site.project)") }
        #expect(project["environment"] == .text(site.environment))
        #expect(project["hosts"] == .list([.text(host)]))
        #expect(project["narrowest"] == .null, "\(site.project)")
        try expectDomain(of: project, site)
        let hasAll = site.environment == "prod"
        let parts = try #require(project["parts"]?.list)
        #expect(
          parts.map { $0["role"]?.text }
            == (hasAll ? ["proxy", "web", "php", "cache", "database"] : ["web", "php", "cache"]))
        for part in parts { try expectPart(part, of: site) }
      }
    }

    private func expectDomain(of project: Value, _ site: Site) throws {
      let domain = try #require(project["domains"]?.list.first)
      for name in Self.domainNames { #expect(domain[name] != nil, "\(name) of \(site.domain)") }
      #expect(domain["name"] == .text(site.domain))
      #expect(domain["status"] == .number(200))
      #expect((0.0005...5).contains(try #require(domain["first_byte_seconds"]?.number)))
      #expect(domain["certificate_not_after"]?.text == Self.certificateEnd(of: site))
      #expect(domain["redirects_to_https"] == .bool(true))
      #expect(domain["why_unknown"] == .null)
    }

    private func expectPart(_ part: Value, of site: Site) throws {
      let role = try #require(part["role"]?.text)
      for name in Self.partNames { #expect(part[name] != nil, "\(name) of \(role)") }
      #expect(part["container"]?.text?.hasPrefix(site.project + "-") == true)
      let figures = try #require(Self.figures[role])
      if role == "php", site.environment == "dev" {
        // It has no status page: its processes can be counted, and who is busy is not known.
        #expect(part["state"] == .text("unknown"))
        #expect(part["why_unknown"]?.text?.contains("pm.status_path") == true)
        for name in ["active", "idle", "queue", "load_ratio"] { #expect(part[name] == .null, "\(name)") }
        #expect(part["limit"] == .number(6))
        return
      }
      #expect(Self.states.contains(part["state"]?.text ?? ""), "\(role) of \(site.project): \(part)")
      #expect(part["why_unknown"] == .null)
      for name in figures { #expect(part[name]?.number != nil, "\(name) of the \(role) of \(site.project)") }
      switch role {
      case "php":
        #expect(part["limit"] == .number(site.project == "journal" ? 4 : 6))
        let workers = try #require(part["total"]?.number)
        #expect(part["active"]?.number.flatMap { active in part["idle"]?.number.map { $0 + active } } == workers)
      case "database":
        #expect(part["max_connections"] == .number(20))
        #expect((1...20).contains(try #require(part["connections"]?.number)))
        #expect(try #require(part["size_bytes"]?.number) > 1_000_000)
      case "cache":
        #expect((0...1).contains(try #require(part["hit_ratio"]?.number)))
        #expect(part["max_bytes"] == .number(Double((site.environment == "prod" ? 32 : 8) << 20)))
      default: break
      }
    }

    @Test func `a stopped database and a password that lacks are told, with null for what is not known`() async throws {
      let place = Place(["staging", "web-2"], hasSites: true, hasSecrets: false)
      defer { Rig.fleet("heal", "db-stop", "web-2") }
      Rig.fleet("fault", "db-stop", "web-2")
      let (status, document) = try place.document("--fleet", place.fleetFile, "--once", "--json")
      #expect(status == 0)
      func part(_ project: String, _ role: String) throws -> Value {
        let parts = try #require(document["projects"]?.named(project)?["parts"]?.list)
        return try #require(parts.first { $0["role"] == .text(role) })
      }
      let database = try part("journal", "database")
      #expect(database["state"] == .text("stopped"))
      for name in Self.figures["database"] ?? [] { #expect(database[name] == .null, "\(name)") }
      let narrowest = try #require(document["projects"]?.named("journal")?["narrowest"]?.text)
      #expect(narrowest.contains(#/^the database (is|has been) stopped/#))
      let cache = try part("essai", "cache")
      #expect(cache["state"] == .text("unknown"))
      #expect(cache["why_unknown"]?.text?.contains("password") == true)
      for name in Self.figures["cache"] ?? [] { #expect(cache[name] == .null, "\(name)") }
      try await place.waitUntilClean()
    }

    /// The end of the certificate that the host serves, as openssl reads it and the report writes it.
    private static func certificateEnd(of site: Site) -> String {
      shell(
        """
        date -u -d "$(openssl s_client -connect \(site.address):443 -servername \(site.domain) </dev/null 2>/dev/null \
        | openssl x509 -noout -enddate | cut -d= -f2)" +%Y-%m-%dT%H:%M:%SZ
        """
      ).text
    }
  }
}

package import Fleet

/// What a container is to its project, from what is known of it without asking.
///
/// The first that knows: the fleet file, the label `vigie.role`, the image's name, the ports that it exposes, the Compose
/// service's name. The fleet file is before the label, because it is the later correction and nearer to the operator.
package enum Recognition {
  /// `nil` for what is no part of the stack: a worker, an exporter, a backup, and all that nobody knows.
  /// - Parameter settings: what the fleet file says of it.
  package static func role(of facts: ContainerFacts, settings: PartSettings? = nil) -> PartRole? {
    if let role = settings?.role { return role }
    if let label = facts.roleLabel?.lowercased() {
      if let role = PartRole(rawValue: label) { return role }
      if label == "none" { return nil }
    }
    let image = ImageName(facts.image)
    let service = ImageName.words(facts.service ?? facts.name)
    if isBeside(image, service) { return nil }
    let role = role(of: image, facts, service) ?? role(ofPorts: facts.exposed) ?? role(ofService: service)
    // The same image runs workers, too; what they run nobody tells.
    let runsCode = role == .php || role == .application
    return runsCode && service.contains(where: workers.contains) ? nil : role
  }

  private static let workers: Set = [
    "worker", "workers", "cron", "crond", "queue", "queues", "scheduler", "schedule", "messenger", "consumer",
    "horizon", "jobs", "job", "migrate", "migration", "migrations", "init", "cli", "supervisor", "supervisord",
  ]
  /// What stands beside a part, whatever else its image's name says.
  private static let besides: Set = [
    "exporter", "commander", "adminer", "phpmyadmin", "pgadmin", "pgadmin4", "phppgadmin", "phpredisadmin",
    "redisinsight", "insight", "backup", "backups", "dump", "xtrabackup", "sentinel", "pgbouncer", "pgpool", "proxysql",
    "router", "maxscale", "companion", "whoami", "grafana", "prometheus", "portainer", "minio", "sonarqube", "mailhog",
    "mailpit", "watchtower", "cadvisor", "restic", "borg", "certbot", "acme", "registry",
  ]

  private static func isBeside(_ image: ImageName, _ service: [String]) -> Bool {
    if image.words.contains(where: besides.contains) { return true }
    // A database's own image that makes its backups, or a WordPress that is only its command line.
    if service.contains(where: ["backup", "backups", "dump", "cron", "exporter"].contains) { return true }
    return image.tag.contains("cli")
  }

  private static func role(of image: ImageName, _ facts: ContainerFacts, _ service: [String]) -> PartRole? {
    if image.names("traefik", "haproxy", "envoy", "varnish") || image.has("caddy", "swag") { return .proxy }
    if image.has("nginx"), image.has("proxy") { return .proxy }
    if image.names("redis", "valkey", "keydb", "memcached", "dragonfly") { return .cache }
    if image.names("mariadb", "mysql", "percona", "postgres", "postgis", "timescaledb", "pgvector") { return .database }
    // Before Nginx: images with both speak HTTP, so those are a web server with PHP in it.
    let isWeb = image.variant("nginx") || image.variant("apache") || image.variant("frankenphp")
    if image.variant("fpm") || image.has("phpfpm"), !isWeb { return .php }
    if image.names("nginx", "openresty", "angie", "tengine") || image.tag.contains("nginx") {
      return isAtTheEdge(facts, service) ? .proxy : .web
    }
    if image.names("httpd", "apache", "frankenphp", "lighttpd", "openlitespeed") || image.variant("apache") {
      return .web
    }
    // Their own images hold Apache where the tag says nothing else.
    if image.has("wordpress", "drupal", "joomla", "nextcloud", "matomo", "prestashop", "mediawiki", "moodle") {
      return .web
    }
    if image.has("php"), image.owner == "webdevops" || facts.exposed.contains("9000/tcp") { return .php }
    if image.has("node", "next", "nextjs", "bun", "deno", "ghost", "strapi") { return .application }
    return nil
  }

  /// Whether an Nginx stands before the others: by its name, or because it holds the encryption.
  private static func isAtTheEdge(_ facts: ContainerFacts, _ service: [String]) -> Bool {
    let names: Set = ["proxy", "edge", "gateway", "ingress", "lb", "balancer", "loadbalancer", "router"]
    return service.contains(where: names.contains) || facts.ports.contains { $0.contains(":443->") }
  }

  private static func role(ofPorts exposed: [String]) -> PartRole? {
    let ports = Set(exposed.filter { $0.hasSuffix("/tcp") }.map { $0.dropLast(4) })
    func has(_ some: Substring...) -> Bool { some.contains(where: ports.contains) }
    // FPM beside a web server in one image is behind it.
    if has("9000"), !has("80", "443") { return .php }
    if has("3306", "5432") { return .database }
    if has("6379", "11211") { return .cache }
    if has("80", "443") { return .web }
    return has("3000") ? .application : nil
  }

  private static func role(ofService words: [String]) -> PartRole? {
    func has(_ some: String...) -> Bool { some.contains(where: words.contains) }
    if has("proxy", "traefik", "gateway", "ingress", "edge") { return .proxy }
    if has("php", "fpm", "phpfpm") { return .php }
    if has("nginx", "web", "apache", "httpd", "webserver") { return .web }
    if has("redis", "valkey", "cache", "memcached", "keydb") { return .cache }
    if has("db", "database", "mysql", "mariadb", "postgres", "postgresql") { return .database }
    return has("next", "nextjs", "node", "app", "frontend", "ssr") ? .application : nil
  }
}

extension FleetDefinition {
  /// What the fleet file says of a container: by its Compose project, and its service or its own name.
  package func settings(of facts: ContainerFacts, on host: HostName) -> PartSettings? {
    let candidates = projects.filter { $0.name == facts.project && $0.hosts.contains(host) && !$0.parts.isEmpty }
    let environment = self.host(host)?.environment
    let project = candidates.first { $0.environment == environment } ?? candidates.first
    return project?.parts.first { $0.service == facts.service }
      ?? project?.parts.first { $0.service == facts.name }
  }

  /// What a container is to its project; looks at several texts, so it should be kept while the facts are the same.
  package func role(of facts: ContainerFacts, on host: HostName) -> PartRole? {
    Recognition.role(of: facts, settings: settings(of: facts, on: host))
  }
}

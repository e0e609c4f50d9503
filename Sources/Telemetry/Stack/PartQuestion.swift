package import Fleet

/// What a sampler is told to ask of one container, and how to get an answer.
package struct PartQuestion: Hashable, Sendable {
  package var kind: PartKind
  /// Where it is not the kind's usual one.
  package var port: Int?
  /// Of the status page.
  package var path: String?
  package var user: String?
  package var secret: SecretSource?

  package init(
    _ kind: PartKind, port: Int? = nil, path: String? = nil, user: String? = nil, secret: SecretSource? = nil
  ) {
    self.kind = kind
    self.port = port
    self.path = path
    self.user = user
    self.secret = secret
  }

  /// The order for a sampler, without the newline; only where a secret is goes into it, never the secret.
  package func order(for id: String) -> String {
    var words = ["ask", id, kind.rawValue]
    func add(_ key: String, _ value: String?) {
      if let value { words.append("\(key)=\(Octal.escaped(value))") }
    }
    add("port", port.map { "\($0)" })
    add("path", path)
    add("user", user)
    switch secret {
    case .file(let path): add("secret", "file:\(path)")
    case .variable(let name): add("secret", "variable:\(name)")
    case nil: break
    }
    return words.joined(separator: " ")
  }
}

extension Recognition {
  /// What a container in that role is asked; empty where nobody knows how to ask it.
  package static func questions(
    of facts: ContainerFacts, as role: PartRole, settings: PartSettings? = nil
  ) -> [PartQuestion] {
    let image = ImageName(facts.image)
    func status(_ kind: PartKind) -> PartQuestion {
      PartQuestion(kind, port: settings?.port ?? usualPort(kind, facts), path: settings?.path)
    }
    func locked(_ kind: PartKind) -> PartQuestion {
      PartQuestion(kind, port: settings?.port, user: settings?.user, secret: settings?.secret)
    }
    let log = PartQuestion(.accesslog)
    switch role {
    case .proxy:
      if image.names("traefik") { return [status(.traefik)] }
      return image.names("nginx", "openresty", "angie", "tengine", "swag") ? [status(.nginx), log] : []
    case .web:
      if image.names("lighttpd", "openlitespeed", "frankenphp") || image.has("caddy") { return [] }
      let hasNginx = image.names("nginx", "openresty") || image.tag.contains("nginx")
      let isApache =
        image.names(
          "httpd", "apache", "wordpress", "drupal", "joomla", "nextcloud", "matomo", "prestashop", "mediawiki")
        || image.variant("apache") || image.has("moodle")
      return [status(isApache && !hasNginx ? .apache : .nginx), log]
    case .php: return [status(.fpm)]
    case .application: return []
    case .cache:
      let isMemcached = image.names("memcached") || settings?.port == 11211 || facts.exposed.contains("11211/tcp")
      return [locked(isMemcached ? .memcached : .redis)]
    case .database:
      let words = image.words + ImageName.words(facts.service ?? facts.name)
      let isPostgres =
        settings?.port == 5432 || facts.exposed.contains("5432/tcp")
        || words.contains { word in ["postgres", "postgis", "timescaledb", "pgvector"].contains { word.hasPrefix($0) } }
      return [locked(isPostgres ? .postgres : .mysql)]
    }
  }

  /// A port that an image without root's rights listens on instead of 80.
  private static func usualPort(_ kind: PartKind, _ facts: ContainerFacts) -> Int? {
    guard kind == .nginx || kind == .apache, !facts.exposed.contains("80/tcp") else { return nil }
    return facts.exposed.contains("8080/tcp") ? 8080 : nil
  }
}

extension FleetDefinition {
  /// What a running container is asked; one that does not run is asked nothing.
  package func questions(of facts: ContainerFacts, on host: HostName) -> [PartQuestion] {
    guard facts.state == .running else { return [] }
    let settings = settings(of: facts, on: host)
    guard let role = Recognition.role(of: facts, settings: settings) else { return [] }
    return Recognition.questions(of: facts, as: role, settings: settings)
  }
}

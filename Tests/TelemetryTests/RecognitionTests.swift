import Fleet
import Telemetry
import Testing

@Suite struct RecognitionTests {
  private func facts(
    _ image: String, service: String? = nil, exposed: [String] = [], ports: [String] = [], label: String? = nil
  ) -> ContainerFacts {
    var facts = ContainerFacts(id: "a1", name: "shop-x-1", image: image, state: .running)
    (facts.project, facts.service, facts.exposed, facts.ports, facts.roleLabel) = (
      "shop", service, exposed.map { $0 + "/tcp" }, ports, label
    )
    return facts
  }

  static let images: [(image: String, role: PartRole?, kinds: [PartKind])] = [
    ("traefik:v3.1", .proxy, [.traefik]),
    ("docker.io/library/traefik:v2.11@sha256:0123", .proxy, [.traefik]),
    ("nginxproxy/nginx-proxy:1.6", .proxy, [.nginx, .accesslog]),
    ("jc21/nginx-proxy-manager:2", .proxy, [.nginx, .accesslog]),
    ("lscr.io/linuxserver/swag:latest", .proxy, [.nginx, .accesslog]),
    ("caddy:2-alpine", .proxy, []), ("lucaslorentz/caddy-docker-proxy:ci", .proxy, []),
    ("haproxy:3.0", .proxy, []), ("envoyproxy/envoy:v1.31", .proxy, []), ("varnish:7", .proxy, []),
    ("nginx", .web, [.nginx, .accesslog]), ("nginx:1.27-alpine", .web, [.nginx, .accesslog]),
    ("nginxinc/nginx-unprivileged:1.27", .web, [.nginx, .accesslog]),
    ("bitnami/nginx:1.27", .web, [.nginx, .accesslog]),
    ("openresty/openresty:alpine", .web, [.nginx, .accesslog]),
    ("registry.example:5000/shop/shop-nginx", .web, [.nginx, .accesslog]),
    ("httpd:2.4", .web, [.apache, .accesslog]), ("bitnami/apache:2.4", .web, [.apache, .accesslog]),
    ("ubuntu/apache2", .web, [.apache, .accesslog]),
    ("php:8.3-apache", .web, [.apache, .accesslog]), ("wordpress", .web, [.apache, .accesslog]),
    ("wordpress:6.6-php8.3-apache", .web, [.apache, .accesslog]),
    ("bitnami/wordpress:6", .web, [.apache, .accesslog]),
    ("bitnami/wordpress-nginx:6", .web, [.nginx, .accesslog]), ("drupal:10", .web, [.apache, .accesslog]),
    ("serversideup/php:8.3-fpm-nginx", .web, [.nginx, .accesslog]),
    ("serversideup/php:8.3-fpm-apache", .web, [.apache, .accesslog]), ("dunglas/frankenphp:php8.3", .web, []),
    ("php:8.3-fpm", .php, [.fpm]), ("php:8.2.20-fpm-alpine3.19", .php, [.fpm]),
    ("wordpress:6.6-php8.3-fpm-alpine", .php, [.fpm]), ("bitnami/php-fpm:8.3", .php, [.fpm]),
    ("serversideup/php:8.3-fpm", .php, [.fpm]), ("webdevops/php:8.2", .php, [.fpm]), ("drupal:10-fpm", .php, [.fpm]),
    ("node:22-alpine", .application, []), ("shop-next", .application, []), ("oven/bun:1", .application, []),
    ("redis:7.2", .cache, [.redis]), ("bitnami/redis:7.2", .cache, [.redis]),
    ("redis/redis-stack-server", .cache, [.redis]),
    ("valkey/valkey:8", .cache, [.redis]), ("eqalpha/keydb", .cache, [.redis]),
    ("docker.dragonflydb.io/dragonflydb/dragonfly", .cache, [.redis]),
    ("memcached:1.6-alpine", .cache, [.memcached]), ("bitnami/memcached", .cache, [.memcached]),
    ("mariadb:11.4", .database, [.mysql]), ("mysql:8.4", .database, [.mysql]), ("percona:8.0", .database, [.mysql]),
    ("percona/percona-server:8.4", .database, [.mysql]), ("bitnami/mariadb-galera", .database, [.mysql]),
    ("mysql/mysql-server:8.0", .database, [.mysql]), ("lscr.io/linuxserver/mariadb", .database, [.mysql]),
    ("postgres:16-alpine", .database, [.postgres]), ("bitnami/postgresql:16", .database, [.postgres]),
    ("postgis/postgis:16-3.4", .database, [.postgres]), ("pgvector/pgvector:pg16", .database, [.postgres]),
    ("timescale/timescaledb:latest-pg16", .database, [.postgres]),
    ("oliver006/redis_exporter", nil, []), ("prom/mysqld-exporter", nil, []), ("prom/node-exporter", nil, []),
    ("nginx/nginx-prometheus-exporter:1.3", nil, []), ("rediscommander/redis-commander", nil, []),
    ("redis/redisinsight", nil, []), ("bitnami/redis-sentinel", nil, []), ("adminer:4", nil, []),
    ("phpmyadmin", nil, []),
    ("phpmyadmin/phpmyadmin:5", nil, []), ("dpage/pgadmin4", nil, []), ("wordpress:cli-php8.3", nil, []),
    ("php:8.3-cli", nil, []), ("databack/mysql-backup", nil, []), ("restic/restic:0.17", nil, []),
    ("prodrigestivill/postgres-backup-local", nil, []), ("nginxproxy/acme-companion", nil, []),
    ("grafana/grafana", nil, []),
    ("edoburu/pgbouncer", nil, []), ("traefik/whoami", nil, []), ("busybox:1.35", nil, []), ("", nil, []),
    ("sha256:9a1b2c3d", nil, []), ("sha256:9a1b:///@", nil, []), ("::::", nil, []), ("/", nil, []),
  ]

  @Test(arguments: images)
  func `an image says what it is and what it is asked`(_ known: (image: String, role: PartRole?, kinds: [PartKind])) {
    let facts = facts(known.image)
    let role = Recognition.role(of: facts)
    #expect(role == known.role)
    #expect(role.map { Recognition.questions(of: facts, as: $0).map(\.kind) } ?? [] == known.kinds)
  }

  @Test(arguments: [
    ("9000", PartRole.php), ("3306", .database), ("5432", .database), ("6379", .cache), ("11211", .cache), ("80", .web),
    ("443", .web), ("3000", .application), ("8080", nil), ("25", nil),
  ])
  func `an image that nobody knows is what it exposes`(_ port: String, _ role: PartRole?) {
    #expect(Recognition.role(of: facts("acme/thing:1", exposed: [port])) == role)
  }

  @Test(arguments: [
    ("reverse-proxy", PartRole.proxy), ("web", .web), ("php", .php), ("php-fpm", .php), ("app", .application),
    ("nextjs", .application), ("cache", .cache), ("db", .database), ("postgres", .database), ("mailer", nil),
    ("worker", nil),
  ])
  func `an image that says nothing at all is what its service is called`(_ service: String, _ role: PartRole?) {
    #expect(Recognition.role(of: facts("acme/thing:1", service: service)) == role)
  }

  @Test func `an Nginx is a proxy where it is called so or holds the encryption`() {
    #expect(Recognition.role(of: facts("nginx:1.27", service: "edge")) == .proxy)
    #expect(Recognition.role(of: facts("nginx:1.27", service: "nginx", ports: ["0.0.0.0:443->443/tcp"])) == .proxy)
    #expect(Recognition.role(of: facts("nginx:1.27", service: "nginx", ports: ["0.0.0.0:80->80/tcp"])) == .web)
  }

  @Test(arguments: ["worker", "cron", "queue-1", "scheduler", "php_worker", "messenger-consumer"])
  func `a worker of the same image is no part`(_ service: String) {
    #expect(Recognition.role(of: facts("php:8.2-fpm", service: service, exposed: ["9000"])) == nil)
    #expect(Recognition.role(of: facts("node:22", service: service)) == nil)
    #expect(Recognition.role(of: facts("php:8.2-fpm", service: "php", exposed: ["9000"])) == .php)
  }

  @Test func `a Redis of queues is a cache, a database's backups are none`() {
    #expect(Recognition.role(of: facts("redis:7", service: "queue")) == .cache)
    #expect(Recognition.role(of: facts("mariadb:11", service: "db-backup", exposed: ["3306"])) == nil)
  }

  @Test func `the fleet file is before the label, the label before the image`() {
    let facts = facts("nginx:1.27", service: "front", label: "Proxy")
    #expect(Recognition.role(of: facts) == .proxy)
    #expect(Recognition.role(of: facts, settings: PartSettings(service: "front")) == .proxy)
    #expect(Recognition.role(of: facts, settings: PartSettings(service: "front", role: .application)) == .application)
    #expect(Recognition.role(of: self.facts("nginx:1.27", label: "none")) == nil)
    #expect(Recognition.role(of: self.facts("nginx:1.27", label: "databaze")) == .web)
  }

  @Test func `an unprivileged Nginx is asked where it listens, unless the fleet file knows better`() {
    let facts = facts("nginxinc/nginx-unprivileged:1.27", exposed: ["8080"])
    #expect(Recognition.questions(of: facts, as: .web).first == PartQuestion(.nginx, port: 8080))
    let settings = PartSettings(service: "x", port: 81, path: "/nginx-status", user: "u", secret: .file("/s"))
    #expect(
      Recognition.questions(of: facts, as: .web, settings: settings)
        == [PartQuestion(.nginx, port: 81, path: "/nginx-status"), PartQuestion(.accesslog)])
    #expect(
      Recognition.questions(of: self.facts("acme/store"), as: .database, settings: settings)
        == [PartQuestion(.mysql, port: 81, user: "u", secret: .file("/s"))])
  }

  @Test func `the fleet file's words are for one project on its hosts`() {
    var shop = Project(name: "shop", profile: .vps, hosts: [HostName("web1")], environment: .prod)
    shop.parts = [PartSettings(service: "store", role: .cache), PartSettings(service: "shop-x-1", role: .database)]
    var other = shop
    (other.environment, other.parts) = (.dev, [PartSettings(service: "store", role: .proxy)])
    let fleet = FleetDefinition(
      hosts: [
        Host(name: HostName("web1"), connection: .local, environment: .prod),
        Host(name: HostName("web2"), connection: .local, environment: .prod),
      ], projects: [other, shop])
    #expect(fleet.role(of: facts("acme/thing", service: "store"), on: HostName("web1")) == .cache)
    #expect(fleet.role(of: facts("acme/thing", service: "x"), on: HostName("web1")) == .database)
    #expect(fleet.role(of: facts("acme/thing", service: "store"), on: HostName("web2")) == nil)
  }
}

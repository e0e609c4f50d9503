import Fleet

/// The script that a host runs, and the shell command that starts it there.
package enum Sampler {
  /// To be written to the command's standard input at once; orders may follow it.
  ///
  /// Its parts define functions only, but for the first, which makes the variables, and the last, which begins.
  package static let script: [UInt8] =
    PackageResources.state_bash + PackageResources.leash_bash + PackageResources.host_bash
    + PackageResources.frame_bash + PackageResources.engine_bash + PackageResources.link_bash
    + PackageResources.parts_bash + PackageResources.redis_bash + PackageResources.web_bash
    + PackageResources.fastcgi_bash + PackageResources.fpm_bash + PackageResources.accesslog_bash
    + PackageResources.traefik_bash + PackageResources.mysqlwire_bash + PackageResources.mysql_bash
    + PackageResources.postgres_bash + PackageResources.queries_bash + PackageResources.disk_bash
    + PackageResources.processes_bash
    + PackageResources.journal_bash + PackageResources.main_bash

  /// One line for any POSIX shell, which starts the sampler on a host.
  ///
  /// `bash` takes exactly the script's bytes from its standard input and evaluates them, so that nothing is written to
  /// the host's disk, and what follows on standard input are orders. `LC_ALL=C` makes it count bytes, and write points
  /// in decimals.
  /// - Parameters:
  ///   - token: what the stream's first line will name.
  ///   - interval: between two samples.
  ///   - reap: a sampler of ours that may be left over from a lost connection, to be ended first.
  package static func command(token: String, interval: Duration, reap: (pid: Int, token: String)? = nil) -> String {
    var words = ["exec", "env", "VIGIE_SAMPLER=\(token)", "VIGIE_INTERVAL=\(interval.milliseconds)"]
    if let reap { words += ["VIGIE_REAP=\(reap.pid)", "VIGIE_REAP_TOKEN=\(reap.token)"] }
    words += ["LC_ALL=C", "bash", "--noprofile", "--norc", "-c"]
    words.append("IFS= read -rN \(script.count) s; eval \"$s\"")
    return ShellWord.line(words)
  }

  /// The orders that a sampler takes, as bytes for its standard input.
  package enum Order: Hashable, Sendable {
    case interval(Duration)
    case now
    case end

    package var line: [UInt8] {
      switch self {
      case .interval(let interval): Array("interval \(interval.milliseconds)\n".utf8)
      case .now: Array("now\n".utf8)
      case .end: Array("end\n".utf8)
      }
    }
  }
}

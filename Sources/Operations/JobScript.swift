import Fleet
import Telemetry

/// The script that runs a job on its host, the shell command that starts it there, and what it is told.
///
/// `docs/jobs.md` says what it does, and `JobLine` what it answers.
package enum JobScript {
  /// To be written to the command's standard input at once, and orders after it.
  ///
  /// Its parts define functions only, but for the first, which makes the variables, and the last, which begins.
  package static let script: [UInt8] =
    PackageResources.state_bash + PackageResources.order_bash + PackageResources.place_bash
    + PackageResources.lock_bash + PackageResources.run_bash + PackageResources.worker_bash
    + PackageResources.session_bash + PackageResources.main_bash

  /// One line for any POSIX shell, which starts the script on a host.
  /// - Parameter id: the job's number, the same for whoever attaches to it: lower-case letters, digits and hyphens, at
  ///   most 64. The host refuses any other.
  package static func command(id: String) -> String {
    ShellWord.line([
      "exec", "env", "VIGIE_JOB=\(id)", "LC_ALL=C", "bash", "--noprofile", "--norc", "-c",
      "IFS= read -rN \(script.count) s; eval \"$s\"",
    ])
  }

  /// Begins the job.
  /// - Parameter who: the operator on this machine.
  package static func orders(running job: Job, who: String) -> [UInt8] {
    var orders = [order("who", who), order("title", job.title)]
    if let lock = job.lock { orders.append(order("lock", lock)) }
    if let look = job.look { orders += self.orders(of: look) }
    for step in job.steps {
      let words = [step.line] + (step.input.map { $0.isEmpty ? [] : [$0] } ?? [])
      orders.append(order("step", seconds(step.limit), words))
    }
    return bytes(orders + ["run"])
  }

  /// Asks for a job that was begun earlier, and follows it.
  /// - Parameter line: the number of its first line that is wanted; the first of all is 0.
  package static func orders(attachingTo job: Job, from line: Int) -> [UInt8] {
    bytes((job.look.map(orders(of:)) ?? []) + ["attach \(max(0, line))"])
  }

  /// Ends the step that runs, and begins no other.
  package static let cancel: [UInt8] = bytes(["cancel"])

  private static func orders(of look: Look) -> [String] {
    var orders = [order("look", look.line) + (look.isNeeded ? " needed" : "")]
    if let wanted = look.wanted { orders.append(order("want", wanted) + " " + seconds(look.patience)) }
    return orders
  }

  private static func order(_ kind: String, _ text: String) -> String { order(kind, nil, [text]) }

  private static func order(_ kind: String, _ seconds: String?, _ texts: [String]) -> String {
    // The shell there holds no NUL.
    ([kind] + (seconds.map { [$0] } ?? []) + texts.map { Octal.escaped($0.filter { $0 != "\0" }) })
      .joined(separator: " ")
  }

  /// Whole ones, at least one, so that nothing gets less than it was given.
  private static func seconds(_ duration: Duration) -> String {
    String(min(99_999_999, max(1, (duration.milliseconds + 999) / 1000)))
  }

  private static func bytes(_ orders: [String]) -> [UInt8] { orders.flatMap { Array($0.utf8) + [0x0A] } }
}

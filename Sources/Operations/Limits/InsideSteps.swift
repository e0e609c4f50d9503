import Fleet
import Telemetry

/// What scales with its container, where the operator asked for that: PHP-FPM's workers and Redis's memory.
extension LimitsChange.Member {
  func insideSteps(_ client: CacheClient) throws(Unavailable) -> [Step] {
    var steps: [Step] = []
    let head = ["id=\(try target.identifier())", "docker=(\(ShellWord.line(target.docker)))"]
    func input(_ values: [String], _ script: [UInt8]) -> String {
      (head + values + [String(decoding: script, as: UTF8.self)]).joined(separator: "\n")
    }
    if let children, children.before != children.after {
      steps.append(
        Step(
          ["bash", "-s", "--", "pm.max_children", "\(children.after)"],
          input: input(["children=\(children.after)"], PackageResources.pool_bash),
          note:
            "pm.max_children \(children.before) → \(children.after): this one number in the pool's file, on the host where "
            + "the file is from there, then PHP-FPM reads it again. The processes stay, but requests under way are cut "
            + "short where process_control_timeout is 0, as it usually is"))
    }
    if let maxMemory, maxMemory.before != maxMemory.after {
      let secret =
        switch client.secret {
        case .file(let path): "file:\(path)"
        case .variable(let name): "variable:\(name)"
        case nil: ""
        }
      steps.append(
        Step(
          ["bash", "-s", "--", "maxmemory", maxMemory.after.limitText],
          input: input(
            [
              "bytes=\(maxMemory.after.bytes)", "client=\(ShellWord.quoted(client.program))",
              "secret=\(ShellWord.quoted(secret))",
            ], PackageResources.maxmemory_bash),
          note:
            "maxmemory \(maxMemory.before.limitText) → \(maxMemory.after.limitText), by CONFIG SET and CONFIG REWRITE"))
    }
    return steps
  }
}

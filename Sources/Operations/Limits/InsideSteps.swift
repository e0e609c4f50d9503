import Fleet
import Telemetry

/// What scales with its container, where the operator asked for that: PHP-FPM's workers and Redis's memory.
extension LimitsChange.Member {
  func insideSteps(_ client: CacheClient) throws(Unavailable) -> [Step] {
    [try childrenStep(), try maxMemoryStep(client)].compactMap { $0 }
  }

  /// `nil` where PHP-FPM's workers stay as many.
  func childrenStep() throws(Unavailable) -> Step? {
    guard let children, children.before != children.after else { return nil }
    return Step(
      ["bash", "-s", "--", "pm.max_children", "\(children.after)"],
      input: try input(["children=\(children.after)"], PackageResources.pool_bash),
      note:
        "pm.max_children \(children.before) → \(children.after): this one number in the pool's file, on the host where "
        + "the file is from there, then PHP-FPM reads it again. The processes stay, but requests under way are cut "
        + "short where process_control_timeout is 0, as it usually is")
  }

  /// `nil` where Redis's maximum stays.
  func maxMemoryStep(_ client: CacheClient) throws(Unavailable) -> Step? {
    guard let maxMemory, maxMemory.before != maxMemory.after else { return nil }
    let secret =
      switch client.secret {
      case .file(let path): "file:\(path)"
      case .variable(let name): "variable:\(name)"
      case nil: ""
      }
    return Step(
      ["bash", "-s", "--", "maxmemory", maxMemory.after.limitText],
      input: try input(
        [
          "bytes=\(maxMemory.after.bytes)", "client=\(ShellWord.quoted(client.program))",
          "secret=\(ShellWord.quoted(secret))",
        ], PackageResources.maxmemory_bash),
      note:
        "maxmemory \(maxMemory.before.limitText) → \(maxMemory.after.limitText), by CONFIG SET and CONFIG REWRITE")
  }

  private func input(_ values: [String], _ script: [UInt8]) throws(Unavailable) -> String {
    let head = ["id=\(try target.identifier())", "docker=(\(ShellWord.line(target.docker)))"]
    return (head + values + [String(decoding: script, as: UTF8.self)]).joined(separator: "\n")
  }
}

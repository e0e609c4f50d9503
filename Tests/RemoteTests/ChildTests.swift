import Fleet
import Glibc
import Remote
import Testing

@MainActor @Suite(.serialized, .timeLimit(.minutes(3)))
struct ChildTests {
  /// Runs a child to its end: its lines, and how it ended.
  private func run(_ arguments: [String], input: String? = nil) throws -> (
    lines: [String], status: Remote.ExitStatus, errors: String
  ) {
    let child = try Child(arguments)
    if let input { child.send(Array(input.utf8)) }
    child.closeInputWhenSent()
    var lines: [String] = []
    let status = try loop(until: "end of \(arguments)", interests: { child.interests }) { ready, _ in
      lines += child.turn(ready).map { String(decoding: $0, as: UTF8.self) }
    } condition: {
      child.isReadable ? nil : child.reap()
    }
    child.readRest()
    return (lines, status, String(decoding: child.errors, as: UTF8.self))
  }

  @Test func `what is written comes back, and the end with its status`() throws {
    let result = try run(["/bin/sh", "-c", "cat; echo oops >&2; exit 3"], input: "one\ntwo\n")
    #expect(result.lines == ["one", "two"])
    #expect(result.status == .exited(3))
    #expect(result.errors == "oops\n")
  }

  @Test func `a program that is not there is said in a sentence`() {
    #expect(throws: SpawnFailure.self) { try Child(["no-such-program-anywhere"]) }
    #expect(
      "\(SpawnFailure(program: "tsh", code: ENOENT))" == "tsh is not installed on this machine, or not on the PATH")
  }

  @Test func `a signal that ends it is told`() throws {
    #expect(try run(["/bin/sh", "-c", "kill -9 $$"]).status == .killed(signal: SIGKILL))
  }

  @Test func `it has no descriptor of ours, a process group of its own, and no signal blocked or ignored`() throws {
    let script =
      "ls /proc/self/fd | tr '\\n' ' '; echo; ps -o pgid= -p $$ | tr -d ' '; echo $$; exec grep -E 'Sig(Blk|Ign)' /proc/self/status"
    let lines = try run(["/bin/sh", "-c", script]).lines
    #expect(lines.first == "0 1 2 3 ")
    #expect(lines.count == 5)
    #expect(lines[1] == lines[2])
    #expect(lines[3].hasSuffix("0000000000000000"))
  }

  @Test func `a flood is taken in pieces, and all of it arrives`() throws {
    let child = try Child(["/bin/sh", "-c", "yes 0123456789012345678901234567890123456789 | head -n 200000"])
    var count = 0
    var most = 0
    _ = try loop(until: "end of the flood", interests: { child.interests }) { ready, _ in
      let lines = child.turn(ready).count
      count += lines
      most = max(most, lines)
    } condition: {
      child.isReadable ? nil : child.reap()
    }
    #expect(count == 200_000)
    // A quarter of a megabyte at once, so that the loop has time for others.
    #expect(most <= 262_144 / 41 + 1)
  }

  @Test func `a child that does not read is given no more than a megabyte`() throws {
    let child = try Child(["/bin/sh", "-c", "read line; read -r line; echo done"])
    for _ in 0..<100 { child.send([UInt8](repeating: 0x61, count: 100_000)) }
    child.signal(SIGKILL)
    let status = try loop(until: "end", interests: { child.interests }) { ready, _ in
      _ = child.turn(ready)
    } condition: {
      child.reap()
    }
    #expect(status == .killed(signal: SIGKILL))
  }

  @Test func `a signal reaches all that it started`() throws {
    let child = try Child(["/bin/sh", "-c", "sleep 300 & echo $!; wait"])
    var grandchild: pid_t?
    _ = try loop(until: "the grandchild", interests: { child.interests }) { ready, _ in
      for line in child.turn(ready) { grandchild = pid_t(String(decoding: line, as: UTF8.self)) }
    } condition: {
      grandchild
    }
    child.signal(SIGKILL)
    let gone = try loop(until: "the grandchild's end", interests: { child.interests }) { ready, _ in
      _ = child.turn(ready)
      child.reap()
    } condition: {
      grandchild.map { kill($0, 0) != 0 || isZombie($0) } == true ? true : nil
    }
    #expect(gone)
  }

  private func isZombie(_ process: pid_t) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let text = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    return text.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }
}

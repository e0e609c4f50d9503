internal import CSystem
internal import Glibc

/// A program that runs beside the console, in a session of its own without a terminal, with pipes that never block.
package final class Child {
  package let process: Int32
  /// How it ended; `nil` until `reap` found that it did. Its pipes may hold more after that.
  package private(set) var status: ExitStatus?
  /// Its last words on standard error, at most 4 KiB.
  package private(set) var errors: [UInt8] = []
  private var input: Int32
  private var output: Int32
  private var error: Int32
  private var pending: ArraySlice<UInt8> = []
  private var isInputEnding = false
  private var splitter = LineSplitter()

  /// More than this waiting to be read by the child is a child that does not read: what comes after it is dropped.
  package static let mostPending = 1 << 20
  package static let mostErrors = 4096
  /// What one read takes, and how many reads there are in one turn: a child that floods waits, and costs no memory.
  private static let chunk = 65_536
  private static let readsPerTurn = 4
  /// A pipe holds 64 KiB, so this takes all that a process that has ended could leave in it.
  private static let readsAtEnd = 16

  /// Starts a program, looked up on the PATH.
  package init(_ arguments: [String]) throws(SpawnFailure) {
    var ends: [[Int32]] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard vigie_pipe(&pair) == 0 else {
        let code = errno
        for descriptor in ends.joined() { close(descriptor) }
        throw SpawnFailure(program: arguments.first ?? "", code: code)
      }
      ends.append(pair)
    }
    let theirs = [ends[0][0], ends[1][1], ends[2][1]]
    let ours = [ends[0][1], ends[1][0], ends[2][0]]
    defer { for descriptor in theirs { close(descriptor) } }
    do {
      process = try spawn(arguments, standard: theirs)
    } catch {
      for descriptor in ours { close(descriptor) }
      throw error
    }
    for descriptor in ours { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    (input, output, error) = (ours[0], ours[1], ours[2])
  }

  isolated deinit { abandon() }

  /// Whether lines may still come from it.
  package var isReadable: Bool { output >= 0 }

  /// What it printed after its last newline: a line that is not whole.
  package var unfinished: [UInt8] { splitter.rest }

  /// What to wait for on its pipes.
  package var interests: [Interest] {
    var list: [Interest] = []
    if output >= 0 { list.append(Interest(descriptor: output, events: .read)) }
    if error >= 0 { list.append(Interest(descriptor: error, events: .read)) }
    if input >= 0, !pending.isEmpty { list.append(Interest(descriptor: input, events: .write)) }
    return list
  }

  /// Queues bytes for its standard input.
  /// - Returns: `false` where they were dropped, all of them: it does not read, or takes no more input.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    guard input >= 0, !isInputEnding, pending.count + bytes.count <= Self.mostPending else { return false }
    pending += bytes
    flush()
    return input >= 0
  }

  /// Ends its standard input once it has read all that was queued.
  package func closeInputWhenSent() {
    isInputEnding = true
    flush()
  }

  /// Ends its standard input, and drops what it has not read.
  package func closeInput() {
    if input >= 0 { close(input) }
    input = -1
    pending = []
  }

  /// Takes what is ready: the lines that came, at most a quarter of a megabyte of them at once.
  package func turn(_ ready: Ready) -> [[UInt8]] {
    if input >= 0, ready.canWrite(input) { flush() }
    if error >= 0, ready.canRead(error) { readErrors(times: Self.readsPerTurn) }
    return output >= 0 && ready.canRead(output) ? readLines(times: Self.readsPerTurn) : []
  }

  /// Takes what its pipes hold, ready or not; does not wait.
  package func takeRest() -> [[UInt8]] {
    readErrors(times: Self.readsAtEnd)
    return readLines(times: Self.readsAtEnd)
  }

  /// Whether it has ended; unlike `reap` leaves its number and its group's in use.
  package var hasEnded: Bool {
    if status != nil { return true }
    var report = siginfo_t()
    let code = waitid(P_PID, id_t(process), &report, WEXITED | WNOHANG | WNOWAIT)
    return code == 0 ? report.si_signo != 0 : errno == ECHILD
  }

  /// Asks how it has ended; does not wait.
  /// - Parameter endingGroup: also kills what it started and left behind.
  @discardableResult
  package func reap(endingGroup: Bool = false) -> ExitStatus? {
    guard status == nil, hasEnded else { return status }
    // Now, while nobody else can have got the group's number.
    if endingGroup { kill(-process, SIGKILL) }
    var code: Int32 = 0
    // Somebody else reaped it, and how it ended is lost: at least it did not end well.
    status = waitpid(process, &code, WNOHANG) == process ? ExitStatus(code: code) : .killed(signal: SIGKILL)
    return status
  }

  /// Sends a signal to it and to all that it started.
  package func signal(_ number: Int32) {
    if status == nil { kill(-process, number) }
  }

  /// Lets go of its pipes.
  package func abandon() {
    closeInput()
    for descriptor in [output, error] where descriptor >= 0 { close(descriptor) }
    (output, error) = (-1, -1)
  }

  private func flush() {
    guard input >= 0 else { return }
    while !pending.isEmpty {
      let count = pending.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        pending = pending.dropFirst(count)
      } else if errno != EINTR {
        if errno != EAGAIN { closeInput() }
        return
      }
    }
    // So that the storage of what was sent does not stay.
    pending = []
    if isInputEnding { closeInput() }
  }

  private func readLines(times: Int) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for _ in 0..<times where output >= 0 {
      let isMore = Self.read(&output, Self.chunk) { lines += splitter.split($0) }
      if !isMore { break }
    }
    return lines
  }

  private func readErrors(times: Int) {
    for _ in 0..<times where error >= 0 {
      let isMore = Self.read(&error, Self.mostErrors) {
        errors = Array((errors + $0).suffix(Self.mostErrors))
      }
      if !isMore { break }
    }
  }

  /// Reads once; closes the descriptor at the end of it.
  /// - Returns: whether there may be more at once.
  private static func read(
    _ descriptor: inout Int32, _ size: Int, _ take: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    let count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress, size)
      if count > 0 { take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    if count > 0 { return true }
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    close(descriptor)
    descriptor = -1
    return false
  }
}

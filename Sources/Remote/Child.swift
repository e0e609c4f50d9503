internal import CSystem
internal import Fleet
internal import Glibc

/// Why a program could not be started, for the operator.
package nonisolated struct SpawnFailure: Error, Hashable, CustomStringConvertible {
  package var program: String
  package var code: Int32

  package init(program: String, code: Int32) {
    self.program = program
    self.code = code
  }

  package var description: String {
    code == ENOENT
      ? "\(program) is not installed on this machine, or not on the PATH"
      : "\(program): \(String(cString: strerror(code)))"
  }
}

/// How a process ended.
package nonisolated enum ExitStatus: Hashable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
}

/// A program that runs beside the console, in a process group of its own, with pipes that never block.
package final class Child {
  package let process: Int32
  /// How it ended; `nil` while it runs. Its pipes may hold more after that.
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
  private static let mostPending = 1 << 20
  private static let mostErrors = 4096

  /// A write to a child that is gone must be an error, not the end of the program.
  private static let deafness: Void = { _ = Glibc.signal(SIGPIPE, SIG_IGN) }()

  /// Starts a program, looked up on the PATH.
  package init(_ arguments: [String]) throws(SpawnFailure) {
    Self.deafness
    var ends: [[Int32]] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard vigie_pipe(&pair) == 0 else {
        let code = errno
        for descriptor in ends.joined() { close(descriptor) }
        throw SpawnFailure(program: arguments[0], code: code)
      }
      ends.append(pair)
    }
    let theirs = [ends[0][0], ends[1][1], ends[2][1]]
    let ours = [ends[0][1], ends[1][0], ends[2][0]]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    for (number, descriptor) in theirs.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    _ = vigie_close_from(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = arguments.map { strdup($0) } + [nil]
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, environ)
    for word in words { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for descriptor in theirs { close(descriptor) }
    guard code == 0 else {
      for descriptor in ours { close(descriptor) }
      throw SpawnFailure(program: arguments[0], code: code)
    }
    for descriptor in ours { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    self.process = process
    (input, output, error) = (ours[0], ours[1], ours[2])
  }

  /// Whether lines may still come from it.
  package var isReadable: Bool { output >= 0 }

  package var interests: [Interest] {
    var list: [Interest] = []
    if output >= 0 { list.append(Interest(descriptor: output, events: .read)) }
    if error >= 0 { list.append(Interest(descriptor: error, events: .read)) }
    if input >= 0, !pending.isEmpty { list.append(Interest(descriptor: input, events: .write)) }
    return list
  }

  /// Queues bytes for its standard input.
  package func send(_ bytes: [UInt8]) {
    guard input >= 0, pending.count + bytes.count <= Self.mostPending else { return }
    pending += bytes
    flush()
  }

  /// Ends its standard input once all that was queued is written.
  package func closeInputWhenSent() {
    isInputEnding = true
    flush()
  }

  package func closeInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
    pending = []
  }

  /// Takes what is ready: the lines that came, at most a quarter of a megabyte of them at once.
  package func turn(_ ready: Ready) -> [[UInt8]] {
    if input >= 0, ready.canWrite(input) { flush() }
    if error >= 0, ready.canRead(error) { readErrors() }
    guard output >= 0, ready.canRead(output) else { return [] }
    var lines: [[UInt8]] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<4 {
      let count = read(output, &chunk, chunk.count)
      if count > 0 {
        lines += splitter.split(chunk[..<count])
        if count < chunk.count { break }
      } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
        close(output)
        output = -1
        break
      } else {
        break
      }
    }
    return lines
  }

  /// Asks whether it has ended; does not wait.
  @discardableResult
  package func reap() -> ExitStatus? {
    guard status == nil else { return status }
    var code: Int32 = 0
    guard waitpid(process, &code, WNOHANG) == process else { return nil }
    let signal = code & 0x7F
    status = signal == 0 ? .exited((code >> 8) & 0xFF) : .killed(signal: signal)
    return status
  }

  /// Reads what is left of its standard error: its last words often come with its end.
  package func readRest() {
    for _ in 0..<16 where error >= 0 {
      let before = errors
      readErrors()
      if errors == before { break }
    }
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

  isolated deinit { abandon() }

  private func flush() {
    guard input >= 0 else { return }
    while !pending.isEmpty {
      let count = pending.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        pending = pending.dropFirst(count)
      } else {
        if errno == EPIPE { closeInput() }
        return
      }
    }
    if isInputEnding { closeInput() }
  }

  private func readErrors() {
    var chunk = [UInt8](repeating: 0, count: Self.mostErrors)
    let count = read(error, &chunk, chunk.count)
    if count > 0 {
      errors = Array((errors + chunk[..<count]).suffix(Self.mostErrors))
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      close(error)
      error = -1
    }
  }
}

import Glibc
import Testing

/// What a shell prints for a script, given to it as one argument.
/// - Parameter endsWell: whether it has to end with 0; what it says besides is of no interest where it need not.
func shell(_ script: String, program: String = "/bin/sh", endsWell: Bool = true) throws -> String {
  var ends: [Int32] = [-1, -1]
  try #require(pipe(&ends) == 0)
  defer { close(ends[0]) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  posix_spawn_file_actions_addclose(&actions, ends[0])
  posix_spawn_file_actions_addclose(&actions, ends[1])
  if !endsWell { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  let words: [String] = [program, "-c", script]
  var arguments = words.map { word in strdup(word) } + [nil]
  defer { arguments.forEach { free($0) } }
  var child: pid_t = 0
  let failure = posix_spawn(&child, program, &actions, nil, &arguments, environ)
  close(ends[1])
  try #require(failure == 0)
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(ends[0], &buffer, buffer.count)
    if count <= 0 { break }
    output += buffer[..<count]
  }
  var status: Int32 = 0
  waitpid(child, &status, 0)
  if endsWell { #expect(status == 0) }
  return String(decoding: output, as: UTF8.self)
}

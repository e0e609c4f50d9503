import Console
import Fleet
import Glibc

// One synchronous main: see docs/DESIGN's known facts on the main actor.
let arguments: Arguments
do {
  arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
} catch {
  Files.write("vigie: \(error.message)\n", to: STDERR_FILENO)
  exit(2)
}
exit(Program(arguments).run())

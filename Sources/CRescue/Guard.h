/// What no handler can do: give the terminal back after SIGKILL, or when the machine's memory ran out.
///
/// A child of a few hundred kilobytes waits for the program's end, which it sees as the end of a pipe, however it came.
#pragma once
#include <termios.h>

/// Starts the guard; once is enough. Without one (no process could be made) all else works.
void vigie_guard_start(int terminal, const struct termios *settings, const char *leave, int length);

/// The program has the terminal now, with these settings; or, with NULL, it has it no longer. Async-signal-safe.
void vigie_guard_tell(const struct termios *ours);

/// What has to be done in signal handlers: give the terminal back when the program dies, and turn signals into bytes
/// that the loop can wait for. Everything in the handlers is async-signal-safe.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

/// Remembers how to give the terminal back: its settings as they were, and the bytes that leave the full screen.
/// From here to `vigie_rescue_disarm` a crash, an abort or a plain `exit` restores it first.
/// - Returns: 0, or an error number.
int vigie_rescue_arm(int descriptor, const struct termios *settings, const char *bytes, int length);

/// Another program, or nobody, has the terminal now: leave it alone.
void vigie_rescue_disarm(void);

/// Routes SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGCHLD and SIGTSTP to a pipe, a byte with the signal's number
/// each; SIGPIPE is caught and dropped, so that a write to a dead program fails instead of killing this one.
/// A SIGTERM, SIGHUP or SIGINT that comes when an earlier one has not been read ends the program: the loop hangs.
/// Called again, it returns the same pipe.
/// - Returns: the descriptor to read from, non-blocking, or -1 with `errno` set.
int vigie_signals_open(void);

/// Reads what arrived, up to `size` bytes, into `signals`.
/// - Returns: how many.
int vigie_signals_read(uint8_t *signals, int size);

/// Stops this process and the others of its group as Ctrl-Z would, and returns once it was continued. Where no shell
/// could continue it (an orphaned group), the kernel doesn't stop it, and this returns at once.
void vigie_stop(void);

#define _GNU_SOURCE
#include "Guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/// What the program tells its guard; smaller than PIPE_BUF, so that it arrives whole.
struct word {
  bool holds;
  struct termios ours;
};

static int ear = -1;

/// Whether the terminal still is as the program left it. A shell that noticed the death first, and reads a line by now,
/// has settings of its own, which must stay.
static bool is_as_left(const struct termios *now, const struct termios *ours) {
  return now->c_lflag == ours->c_lflag && now->c_iflag == ours->c_iflag && now->c_oflag == ours->c_oflag;
}

static _Noreturn void guard(int pipe, int terminal, const struct termios *settings, const char *leave, int length) {
  // Out of the terminal's session: its keys and its end are not for the guard.
  setsid();
  // Its own name, so that `pkill vigie` leaves it to its work.
  prctl(PR_SET_NAME, "terminal-guard");
  static const int ignored[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTTOU, SIGPIPE, SIGTSTP};
  for (unsigned i = 0; i < sizeof ignored / sizeof ignored[0]; i++) signal(ignored[i], SIG_IGN);
  dup2(pipe, 0);
  dup2(terminal, 1);
  close_range(2, ~0U, 0);
  struct word word = {.holds = false};
  while (true) {
    struct word next;
    ssize_t count = read(0, &next, sizeof next);
    if (count == (ssize_t)sizeof next) {
      word = next;
    } else if (count >= 0 || errno != EINTR) {
      break;
    }
  }
  struct termios now;
  if (word.holds && tcgetattr(1, &now) == 0) {
    fcntl(1, F_SETFL, fcntl(1, F_GETFL) | O_NONBLOCK);
    ssize_t written = write(1, leave, (size_t)length);
    (void)written;
    if (is_as_left(&now, &word.ours)) tcsetattr(1, TCSANOW, settings);
  }
  _exit(0);
}

void vigie_guard_start(int terminal, const struct termios *settings, const char *leave, int length) {
  if (ear >= 0) return;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  pid_t child = fork();
  if (child == 0) {
    close(ends[1]);
    guard(ends[0], terminal, settings, leave, length);
  }
  close(ends[0]);
  if (child < 0) {
    close(ends[1]);
    return;
  }
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  ear = ends[1];
}

void vigie_guard_tell(const struct termios *ours) {
  if (ear < 0) return;
  struct word word;
  memset(&word, 0, sizeof word);
  if (ours) {
    word.holds = true;
    word.ours = *ours;
  }
  int error = errno;
  ssize_t written = write(ear, &word, sizeof word);
  (void)written;
  errno = error;
}

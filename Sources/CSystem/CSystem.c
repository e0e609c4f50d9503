#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int above_standard(int *end) {
  if (*end > 2) return 0;
  int moved = fcntl(*end, F_DUPFD_CLOEXEC, 3);
  if (moved < 0) return -1;
  close(*end);
  *end = moved;
  return 0;
}

int vigie_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  if (above_standard(&ends[0]) == 0 && above_standard(&ends[1]) == 0) return 0;
  int code = errno;
  close(ends[0]);
  close(ends[1]);
  errno = code;
  return -1;
}

short vigie_spawn_session(void) { return POSIX_SPAWN_SETSID; }

int vigie_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

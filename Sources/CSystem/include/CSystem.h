/// Calls of the C library that `import Glibc` does not show, because they are behind `_GNU_SOURCE`.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

/// pipe2(2) with `O_CLOEXEC`: neither end leaks into a child that is spawned later.
static inline int vigie_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

/// Closes every descriptor from `first` on in the child (glibc 2.34).
static inline int vigie_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

/// Calls of the C library that `import Glibc` does not show, because they are behind `_GNU_SOURCE`.
///
/// The macro is set in the implementation only: in a header it would change what Swift believes of glibc's own types.
#pragma once
#include <spawn.h>

/// pipe2(2) with `O_CLOEXEC`: neither end leaks into a child that is spawned later.
///
/// Both ends are above 2, even where this process was started without standard streams: a child's own go there.
int vigie_pipe(int ends[2]);

/// The flag by which a child begins a session of its own (glibc 2.26).
short vigie_spawn_session(void);

/// Closes every descriptor from `first` on in the child (glibc 2.34).
int vigie_close_from(posix_spawn_file_actions_t *actions, int first);

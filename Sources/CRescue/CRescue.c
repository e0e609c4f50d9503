#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CRescue.h"
#include "Guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Crash: give the terminal back, then let the earlier handler (Swift's backtracer) or the kernel have the signal.

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGQUIT};
enum { FATAL_COUNT = sizeof fatal / sizeof fatal[0] };

static struct sigaction earlier[FATAL_COUNT];
static struct termios saved_settings;
static char leave_bytes[512];
static int leave_length;
static int terminal = -1;
static pid_t owner;
static atomic_bool armed;

/// Gives up on a terminal that takes nothing for half a second: dying matters more.
static void write_all(int descriptor, const char *bytes, int length) {
  int flags = fcntl(descriptor, F_GETFL);
  fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, (size_t)length);
    if (written > 0) {
      bytes += written;
      length -= (int)written;
    } else if (written < 0 && errno == EAGAIN) {
      struct pollfd entry = {.fd = descriptor, .events = POLLOUT};
      if (poll(&entry, 1, 500) <= 0) break;
    } else if (errno != EINTR) {
      break;
    }
  }
  fcntl(descriptor, F_SETFL, flags);
}

static void restore(void) {
  // A child between fork and exec is not the terminal's owner.
  if (getpid() != owner || !atomic_exchange(&armed, false)) return;
  vigie_guard_tell(NULL);
  write_all(terminal, leave_bytes, leave_length);
  // Not TCSADRAIN: a terminal that no longer reads would keep the dying program for ever.
  tcsetattr(terminal, TCSANOW, &saved_settings);
}

/// Calls the earlier handler here, instead of letting it have the next signal: Swift's backtracer returns and counts on
/// the fault to repeat, which a signal that was sent does not, and the program would live on without its terminal.
static void hand_over(const struct sigaction *action, int number, siginfo_t *info, void *context) {
  if (action->sa_flags & SA_SIGINFO) {
    action->sa_sigaction(number, info, context);
  } else if (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN) {
    action->sa_handler(number);
  }
}

static void crashed(int number, siginfo_t *info, void *context) {
  int error = errno;
  restore();
  for (int i = 0; i < FATAL_COUNT; i++) {
    if (fatal[i] == number) hand_over(&earlier[i], number, info, context);
  }
  signal(number, SIG_DFL);
  errno = error;
  // A fault repeats by itself when its instruction runs again. What was sent, and a breakpoint, which has been passed,
  // must be raised again; it is delivered when this returns.
  if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

static int install_crash_handlers(void) {
  static bool installed;
  if (installed) return 0;
  // On a stack of its own, because running out of stack is one way to crash.
  static char stack[64 * 1024];
  stack_t alternative;
  if (sigaltstack(NULL, &alternative) == 0 && (alternative.ss_flags & SS_DISABLE)) {
    alternative = (stack_t){.ss_sp = stack, .ss_size = sizeof stack};
    if (sigaltstack(&alternative, NULL) != 0) return errno;
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = crashed;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < FATAL_COUNT; i++) {
    if (sigaction(fatal[i], &action, &earlier[i]) != 0) return errno;
  }
  atexit(restore);
  installed = true;
  return 0;
}

int vigie_rescue_arm(int descriptor, const struct termios *settings, const char *bytes, int length) {
  atomic_store(&armed, false);
  if (length > (int)sizeof leave_bytes) length = sizeof leave_bytes;
  memcpy(leave_bytes, bytes, (size_t)length);
  leave_length = length;
  saved_settings = *settings;
  terminal = descriptor;
  owner = getpid();
  int error = install_crash_handlers();
  if (error != 0) return error;
  struct termios ours;
  if (tcgetattr(descriptor, &ours) == 0) {
    vigie_guard_start(descriptor, settings, leave_bytes, leave_length);
    vigie_guard_tell(&ours);
  }
  atomic_store(&armed, true);
  return 0;
}

void vigie_rescue_disarm(void) {
  if (atomic_exchange(&armed, false)) vigie_guard_tell(NULL);
}

// Signals as bytes.

static int ends[2] = {-1, -1};
static atomic_int unanswered;

static bool is_request_to_end(int number) { return number == SIGTERM || number == SIGHUP || number == SIGINT; }

static void arrived(int number) {
  if (number == SIGPIPE) return;
  int error = errno;
  if (is_request_to_end(number) && atomic_fetch_add(&unanswered, 1) > 0) {
    restore();
    signal(number, SIG_DFL);
    raise(number);
  }
  uint8_t byte = (uint8_t)number;
  // A full pipe loses nothing: whoever reads it finds out what is the case, not how often it was said.
  ssize_t ignored = write(ends[1], &byte, 1);
  (void)ignored;
  errno = error;
}

static int route(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = arrived;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

int vigie_signals_open(void) {
  static const int routed[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGCHLD, SIGTSTP, SIGPIPE};
  if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  for (unsigned i = 0; i < sizeof routed / sizeof routed[0]; i++) {
    if (route(routed[i]) != 0) return -1;
  }
  return ends[0];
}

int vigie_signals_read(uint8_t *signals, int size) {
  ssize_t count = read(ends[0], signals, (size_t)size);
  for (ssize_t i = 0; i < count; i++) {
    if (is_request_to_end(signals[i])) atomic_store(&unanswered, 0);
  }
  return count < 0 ? 0 : (int)count;
}

void vigie_stop(void) {
  signal(SIGTSTP, SIG_DFL);
  kill(0, SIGTSTP);
  route(SIGTSTP);
}

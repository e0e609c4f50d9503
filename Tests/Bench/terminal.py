"""A program in a pseudo-terminal: keys go in, bytes come out with the time at which they came."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Terminal:
    """Runs `arguments` in a terminal of 120x40."""

    def __init__(self, arguments, environment=None, width=120, height=40):
        variables = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", **(environment or {}))
        self.started = time.monotonic()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            # The size must be right before the program asks for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            os.execvpe(arguments[0], arguments, variables)
        self.bytes = 0

    def read(self, timeout):
        """What came, and when; nothing after `timeout` seconds."""
        ready, _, _ = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return b"", time.monotonic()
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:
            data = b""
        self.bytes += len(data)
        return data, time.monotonic()

    def until(self, condition, limit=30):
        """Reads until `condition` holds of all that came since; the time of the bytes that made it hold."""
        seen = b""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            data, at = self.read(0.5)
            seen += data
            if condition(seen):
                return at, seen
        raise TimeoutError("the screen did not show it within %d s; last bytes: %r" % (limit, seen[-400:]))

    def drain(self, seconds):
        """Reads for that long; how many bytes came."""
        before = self.bytes
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)
        return self.bytes - before

    def press(self, keys):
        os.write(self.descriptor, keys)
        return time.monotonic()

    def cpu(self):
        """Seconds of processor time that the program itself used, its children left out."""
        with open("/proc/%d/stat" % self.process) as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident bytes of the program itself."""
        with open("/proc/%d/statm" % self.process) as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        try:
            while os.read(self.descriptor, 1 << 16):
                pass
        except OSError:
            pass
        os.close(self.descriptor)
        os.waitpid(self.process, 0)

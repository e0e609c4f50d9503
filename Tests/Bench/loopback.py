"""An sshd of our own on a loopback address, with keys of our own: this machine as a host to be reached over SSH."""

import os
import shutil
import socket
import subprocess
import time


class Loopback:
    """`with Loopback(directory) as loopback:` gives a fleet file whose one host is this machine, over SSH."""

    def __init__(self, directory):
        self.directory = os.path.join(directory, "sshd")
        os.makedirs(self.directory, mode=0o700)
        self.fleet = os.path.join(self.directory, "fleet.json5")

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), 0o600)

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(key)], check=True)
        shutil.copy(self.path("user.pub"), self.path("authorized_keys"))
        with open(self.path("host.pub")) as file:
            self.write("known_hosts", f"[127.0.0.1]:{port} {file.read()}")
        self.write(
            "sshd_config",
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {self.path('host')}\nPidFile {self.path('pid')}\n"
            f"AuthorizedKeysFile {self.path('authorized_keys')}\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nPermitRootLogin prohibit-password\n",
        )
        self.write(
            "ssh_config",
            f"Host loopback\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {self.path('user')}\n"
            f"  IdentitiesOnly yes\n  UserKnownHostsFile {self.path('known_hosts')}\n  StrictHostKeyChecking yes\n",
        )
        self.write(
            "fleet.json5",
            f'{{ defaults: {{ sshConfig: "{self.path("ssh_config")}" }},\n'
            '  hosts: [{ name: "loopback", ssh: "loopback", environment: "dev" }] }\n',
        )
        os.makedirs("/run/sshd", exist_ok=True)
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", self.path("sshd_config")],
                                        stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return self
        raise TimeoutError("sshd did not open its port")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

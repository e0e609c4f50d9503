"""A host of the local test fleet, with as many containers as wanted, and what the sampler costs it."""

import os
import re
import subprocess

TESTS = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
# The stack of web-1, as the console has it asked: six kinds of questions.
PARTS = [
    "boutique-redis-1=redis",
    "boutique-php-1=fpm",
    "boutique-proxy-1=nginx",
    "boutique-nginx-1=nginx",
    "boutique-proxy-1=accesslog",
    "boutique-nginx-1=accesslog",
    "boutique-db-1=mysql,user=monitor,secret=variable:MONITOR_PASSWORD",
]


class Host:
    """`with Host() as host:` removes afterwards the containers that it added, and those of one that was killed before."""

    def __init__(self, name="web-1"):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_up():
            self.remove()

    def run(self, command, seconds=120):
        words = [os.path.join(TESTS, "Fleet", "fleet"), "ssh", self.name, command]
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)

    def is_up(self):
        try:
            return self.run("docker info", seconds=10).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def remove(self):
        self.run("docker ps -aq --filter 'name=^bench-[0-9]+$' | xargs -r docker rm -f")

    def crowd(self, count):
        """Has `count` containers run in all; those that are added sleep."""
        command = (
            f"for ((n = $(docker ps -q | wc -l); n < {count}; ++n)); do "
            "docker run -d --name bench-$n busybox:1.35 sleep 86400 > /dev/null || exit; done"
        )
        self.run(command).check_returncode()

    def cost(self, seconds):
        """Percent of a core and MiB of all the sampler's processes together, with an answer of each part every ten seconds."""
        words = [os.path.join(TESTS, "Sampler", "cost"), self.name, str(seconds), "2000", *PARTS]
        said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
        cpu, memory = re.search(r"CPU ([0-9.]+) % of a core .*PSS ([0-9]+) KiB", said).groups()
        answers = int(re.search(r"([0-9]+) answers of parts", said).group(1))
        if answers < len(PARTS) * seconds / 10:
            raise RuntimeError(f"only {answers} answers of {len(PARTS)} parts came in {seconds} s: {said}")
        return float(cpu), float(memory) / 1024

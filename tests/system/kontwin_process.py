"""Starts the program and the servers it talks to, for the system tests."""
import contextlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

program = pathlib.Path(sys.argv[1])
source = pathlib.Path(sys.argv[2])
# The world is built once and shared by all system tests of this build.
cache = program.parent / "world-cache"


def environment():
    return {**os.environ, "KONTWIN_ASSETS": str(source / "assets"), "LC_ALL": "C.UTF-8"}


# How many times as long as usual the program may take: more where it is slowed down to be watched.
patience = float(os.environ.get("KONTWIN_TEST_PATIENCE", "1"))


def run(*arguments, timeout=600, most_bytes=None):
    """Runs a command to its end; the finished process with its output. No file that it writes may hold more
    than `most_bytes`."""
    limit = None
    if most_bytes is not None:
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    return subprocess.run([str(program), *map(str, arguments)], env=environment(), text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout * patience,
                          preexec_fn=limit)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=60):
    """Waits until `condition()` gives something true, and returns it; fails when it never does."""
    end = time.monotonic() + seconds * patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {seconds} s")


@contextlib.contextmanager
def broker():
    """A Mosquitto broker on a free port; its address."""
    port = free_port()
    server = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    process = subprocess.Popen([server, "-p", str(port)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: can_connect(port))
        yield port
    finally:
        process.terminate()
        process.wait(10)


def can_connect(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Served:
    """A running `kontwin serve`."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [str(program), "--log", "warn", "serve", "--port", "0", "--cache", str(cache), *map(str, arguments)],
            env=environment(), text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("serve ended: " + "".join(self.lines))
            self.lines.append(line)
            if match := re.search(r"http://[\w.]+:(\d+)", line):
                self.port = int(match[1])
                return

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            body = answer.read().decode()
            return json.loads(body) if "json" in answer.headers["Content-Type"] else body

    def status_of(self, path, data=None, content_type="application/json"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data,
                                         headers={"Content-Type": content_type})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self):
        """Asks it to stop as a service manager would; its exit status and the rest of its output."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def main():
    """Runs the tests of the calling file."""
    unittest.main(argv=sys.argv[:1], verbosity=2)


__all__ = ["Served", "broker", "cache", "main", "run", "source", "tempfile", "unittest", "wait_for",
           "pathlib", "json", "shutil", "subprocess"]

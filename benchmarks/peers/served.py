"""Save to served: from the end of a save until the page that a server sends holds the new word."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus.portfolio import edited
from benchmarks.peers.generator import Generator
from benchmarks.peers.process import end, environment
from benchmarks.peers.rounds import edit, prepared

# Seconds between two looks at the page, of rest between two saves, to wait for the first page and for a change.
LOOK, REST, START, LIMIT = 0.01, 1.5, 1800.0, 600.0


class Gone(Exception):
    """A server that ended, or that never sent what was waited for."""


def save_to_served(work: Path, total: int, one: Generator, saves: int) -> dict[str, Any]:
    """Seconds a save, CPU seconds a save (looks at the page included), MiB of the largest process. Raises Gone."""
    folder, port = prepared(work, total, one), _free_port()
    command, log = one.command(work, one.serve, port=port), work / "serve.txt"
    with log.open("wb") as said:
        server = subprocess.Popen(
            command, cwd=folder, env=environment(work, Path(command[0])), stdin=subprocess.DEVNULL, stdout=said,
            stderr=said, start_new_session=True,
        )  # fmt: skip
        try:
            return _watch(server, folder, total, one, port, saves)
        finally:
            end(server)


def _watch(
    server: "subprocess.Popen[bytes]", folder: Path, total: int, one: Generator, port: int, saves: int
) -> dict[str, Any]:
    begun, url = time.perf_counter(), f"/{edited(total).url}"
    first = _wait(server, port, url, b"</html>", START) - begun
    time.sleep(REST)
    used, seconds = _cpu(server.pid), list[float]()
    for turn in range(saves):
        word = f"saved{turn}x"
        edit(folder, total, one.text, word)
        saved = time.perf_counter()
        seconds.append(_wait(server, port, url, word.encode(), LIMIT) - saved)
        print(f"{total} {one.name} serve {seconds[-1]:.3f} s", file=sys.stderr)
        time.sleep(REST)
    return {
        "first": first, "seconds": seconds, "cpu": (_cpu(server.pid) - used) / saves, "peak": _peak(server.pid),
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int, url: str, word: bytes, limit: float) -> float:
    """When the page held the word."""
    last = time.perf_counter() + limit
    while time.perf_counter() < last:
        if word in _page(port, url):
            return time.perf_counter()
        if server.poll() is not None:
            raise Gone(f"the server ended with {server.returncode}")
        time.sleep(LOOK)
    raise Gone(f"no {word.decode()} at {url} within {limit:.0f} s")


def _page(port: int, url: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", url)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()


def _session(leader: int) -> Iterator[Path]:
    """The processes of a session, as folders of /proc."""
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdecimal() and os.getsid(int(path.name)) == leader:
                yield path
        except OSError:
            continue


def _cpu(leader: int) -> float:
    ticks = 0
    for path in _session(leader):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # User and system time, its own and that of children that it waited for.
        ticks += sum(int(one) for one in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _peak(leader: int) -> float:
    found = [0.0]
    for path in _session(leader):
        try:
            lines = (path / "status").read_text().splitlines()
        except OSError:
            continue
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max(found)

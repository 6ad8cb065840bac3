"""A long session of writing, by a script: `python benchmarks/serve_session.py FOLDER [--minutes 30] [--mkdocs]`.

Over a copy of the site in FOLDER a preview runs (`labfolio serve`, or `mkdocs serve`) while texts are edited, broken,
deleted, renamed and restored, one at a time and many at once, faster and slower than a build. In the end all faults are
mended, and every file of a clean build must be served as it is but for the script of live reload; exit code 1 if one is
not. Prints the edits, the builds, and the memory of the server minute by minute.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_SCRIPTS = re.compile(rb"<script data-version=.*?</script>\n|<script>\s*var livereload.*?</script>", re.DOTALL)
_TITLE = re.compile(r"^title: (['\"]?)(?:(?:Now|Then|Later) )?", re.MULTILINE)
_DRAFT = re.compile(r"^draft: *['\"]?(yes|true|on)\b", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"^site_url:.*$", re.MULTILINE)
_DATE = re.compile(r"^date: ['\"]?(\d{4}-\d\d-\d\d)", re.MULTILINE)
# What a preview is asked to be as fast as; the end waits longer.
_PATIENCE = 300.0
_EPOCH, _DAY = "1795132800", "2026-11-20"


@dataclass
class Author:
    """Somebody who writes: what was changed can be put back."""

    root: Path
    chance: random.Random
    # By the path where a file was: its sound text.
    broken: dict[Path, str] = field(default_factory=dict)
    deleted: dict[Path, str] = field(default_factory=dict)
    renamed: dict[Path, Path] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    _most: int = 0

    def texts(self) -> list[Path]:
        """The Markdown files of entries and pages that are sound, in order."""
        found = sorted({*self.root.glob("content/**/*.md"), *self.root.glob("builds/*.md")})
        found += sorted(self.root.glob("builds/*/index.md"))
        return [path for path in found if path not in self.broken]

    def act(self) -> None:
        """Does one thing or another; while half of the texts are away or broken, it brings one back."""
        self._most = max(self._most, len(self.texts()))
        if len(self.texts()) * 2 < self._most:
            self.mend()
            self.restore()
            return
        actions: dict[str, tuple[Callable[[], None], int]] = {
            "edit": (self.edit, 40),
            "edit of a title": (self.retitle, 8),
            "edit of the programme": (self.programme, 3),
            "edit of the settings": (self.settings, 1),
            "burst": (self.burst, 4),
            "fault": (self.fault, 12),
            "mended fault": (self.mend, 14),
            "deletion": (self.delete, 5),
            "restoration": (self.restore, 7),
            "renaming": (self.rename, 4),
            "renaming back": (self.rename_back, 5),
        }
        name = self.chance.choices(list(actions), [weight for _, weight in actions.values()])[0]
        actions[name][0]()
        self.done[name] += 1

    def write(self, path: Path, text: str) -> None:
        """Saves as one editor or another does."""
        if self.chance.random() < 0.5:
            path.write_text(text, "utf-8")
            return
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text, "utf-8")
        os.replace(beside, path)

    def edit(self) -> None:
        path = self.chance.choice(self.texts())
        lines = path.read_text("utf-8").split("\n")
        # Texts stay about as long as they are.
        if len(lines) > 3 and lines[-2].startswith("Written at "):
            del lines[-3:]
        self.write(path, "\n".join([*lines, "", f"Written at {self.chance.random()} with `code`.", ""]))

    def retitle(self) -> None:
        path = self.chance.choice(self.texts())
        text = path.read_text("utf-8")
        word = self.chance.choice(("Now", "Then", "Later"))
        self.write(
            path,
            re.sub(r"^title: (['\"]?)(?:(?:Now|Then|Later) )?", rf"title: \g<1>{word} ", text, count=1, flags=re.M),
        )

    def programme(self) -> None:
        path = self.root / "content" / "program.yml"
        if path.exists():
            lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("# at ")]
            self.write(path, "\n".join([f"# at {self.chance.random()}", *lines]))

    def settings(self) -> None:
        path = self.root / "mkdocs.yml"
        name = f"site_name: Portfolio {self.chance.randrange(100)}"
        self.write(path, re.sub(r"^site_name: .*$", name, path.read_text("utf-8"), flags=re.M))

    def burst(self) -> None:
        for _ in range(self.chance.randrange(5, 40)):
            self.edit()

    def fault(self) -> None:
        path = self.chance.choice(self.texts())
        self.broken[path] = text = path.read_text("utf-8")
        self.write(
            path,
            self.chance.choice(
                (
                    text.replace("title: ", "titel: ", 1),
                    text.replace("---\n", "---\ntags: [\n", 1),
                    text + "\n[gone](no/such/page.md) and [nowhere](#no-such-heading)\n",
                    text + "\n$$\\frac{1}{$$\n",
                    "",
                )
            ),
        )

    def mend(self) -> None:
        if self.broken:
            path = self.chance.choice(sorted(self.broken))
            self.write(path, self.broken.pop(path))

    def delete(self) -> None:
        path = self.chance.choice(self.texts())
        self.deleted[path] = path.read_text("utf-8")
        path.unlink()

    def restore(self) -> None:
        if self.deleted:
            path = self.chance.choice(sorted(self.deleted))
            path.parent.mkdir(parents=True, exist_ok=True)
            self.write(path, self.deleted.pop(path))

    def rename(self) -> None:
        path = self.chance.choice(self.texts())
        place = path.parent if path.name == "index.md" and path.parent != self.root / "content" else path
        other = place.with_name(f"renamed-{place.name}")
        inside = any(one.is_relative_to(place) for one in (*self.broken, *self.deleted))
        if not inside and place not in self.renamed.values() and not other.exists():
            place.rename(other)
            self.renamed[place] = other

    def rename_back(self) -> None:
        if self.renamed:
            place = self.chance.choice(sorted(self.renamed))
            self._back(place)

    def _back(self, place: Path) -> None:
        other = self.renamed.pop(place)
        for known in (self.broken, self.deleted):
            for path in [one for one in known if one.is_relative_to(other)]:
                known[place / path.relative_to(other) if path != other else place] = known.pop(path)
        if other.exists():
            other.rename(place)

    def end(self) -> None:
        """Puts everything back that is broken or away; what was edited stays."""
        for place in sorted(self.renamed):
            self._back(place)
        while self.deleted:
            self.restore()
        while self.broken:
            self.mend()


class Server:
    """A preview in a process of its own."""

    def __init__(self, root: Path, log: Path, *, mkdocs: bool) -> None:
        self.log, self.mkdocs = log, mkdocs
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = ["mkdocs", "serve"] if mkdocs else ["labfolio.cli.commands", "serve", "--no-drafts"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH, "NO_MKDOCS_2_WARNING": "1"}
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, "-a", f"127.0.0.1:{self.port}"],
                cwd=root, env=environment, stdout=file, stderr=file,
            )  # fmt: skip

    def get(self, path: str) -> bytes | None:
        """What is served at a path, without the script of live reload; None where nothing is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            content = answer.read()
            return _SCRIPTS.sub(b"", content) if answer.status == 200 else None
        except OSError:
            return None
        finally:
            connection.close()

    def mebibytes(self) -> float:
        """The memory that is in use now (VmRSS)."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) / 1024

    def builds(self) -> int:
        """How often it said that it built."""
        word = r"labfolio: .*(?:built in|errors?,)" if self.mkdocs else r"(?m)^.* changed[:,] "
        return len(re.findall(word, self.log.read_text()))

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def clean_build(root: Path, port: int) -> dict[str, bytes]:
    """The files of a build of the folder as it is now, for the address of the preview."""
    copy = Path(shutil.copytree(root, root.with_name("clean"), ignore=shutil.ignore_patterns(".cache", "site")))
    # A preview has its own address, whatever the settings say.
    settings = copy / "mkdocs.yml"
    settings.write_text(_ADDRESS.sub(f"site_url: http://127.0.0.1:{port}/", settings.read_text("utf-8")), "utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH}
    command = [sys.executable, "-m", "labfolio.cli.commands", "build"]
    subprocess.run(command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = copy / "site"
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    # A preview searches the list of entries; an index of every word takes too long to be made at each save.
    return {
        path: content.replace(b'data-index="pagefind"', b'data-index="list"')
        for path, content in files.items()
        if not path.startswith(("pagefind/", "."))
    }


def differing(server: Server, built: dict[str, bytes]) -> list[str]:
    """The paths of files that are not served as they were built."""
    return [path for path, content in built.items() if server.get(path.removesuffix("index.html")) != content]


def main() -> int:
    """Runs a session. Gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mkdocs", action="store_true", help="run `mkdocs serve`")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="serve-session-") as work:
        return session(given, Path(work))


def session(given: argparse.Namespace, work: Path) -> int:
    """One session in a folder. Gives the exit code."""
    ignored = shutil.ignore_patterns(".cache", "site", ".git")
    root = Path(shutil.copytree(given.folder, work / "site", ignore=ignored))
    for path in root.rglob("*.md"):
        if _hidden(path.read_text("utf-8")):
            path.unlink()
    author = Author(root, random.Random(given.seed))
    server = Server(root, work / "log", mkdocs=given.mkdocs)
    began, memory = time.monotonic(), list[float]()
    try:
        while server.get("") is None:
            assert server.process.poll() is None, server.log.read_text()
            time.sleep(0.2)
        while (passed := time.monotonic() - began) < given.minutes * 60:
            author.act()
            time.sleep(author.chance.choice((0.0, 0.02, 0.2, 1.0, 3.0)))
            if passed > 60 * (len(memory) + 1):
                memory.append(server.mebibytes())
                print(f"minute {len(memory)}: {memory[-1]:.0f} MiB, {server.builds()} builds", flush=True)
        # Before every file is fetched at once, which no author does.
        memory.append(server.mebibytes())
        author.end()
        built = clean_build(root, server.port)
        end = time.monotonic() + _PATIENCE
        while (wrong := differing(server, built)) and time.monotonic() < end:
            time.sleep(1)
        report(author, server, memory, wrong, len(built))
    finally:
        server.end()
    return 1 if wrong else 0


def _hidden(text: str) -> bool:
    """Whether an entry is a draft or of a later day: `mkdocs serve` shows both, and a build has neither."""
    dated = _DATE.search(text)
    return bool(_DRAFT.search(text) or (dated and dated[1] > _DAY))


def report(author: Author, server: Server, memory: list[float], wrong: list[str], files: int) -> None:
    """Prints how it went."""
    early, late = memory[0], memory[-1]
    said = server.log.read_text()
    print(", ".join(f"{name} {number}" for name, number in sorted(author.done.items())))
    print(f"builds: {server.builds()}; tracebacks: {said.count('Traceback')}; bugs: {said.count('This is a bug')}")
    print(f"memory: {early:.0f} MiB after a minute, {late:.0f} MiB at the end, {late / early * 100 - 100:+.0f} %")
    print(f"{files} files, {len(wrong)} not as a clean build has them" + "".join(f"\n  {path}" for path in wrong[:20]))
    if wrong or "Traceback" in said or "This is a bug" in said:
        print(said[-4000:])


if __name__ == "__main__":
    sys.exit(main())

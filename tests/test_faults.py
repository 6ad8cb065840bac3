"""Every fault in tests/faults: bad files on top of a portfolio that is already published, and what must come of it.

A file gives `about`, the bad `files` and what is `wanted`:

- `stop`: exit 1 (2 where the settings are at fault), the old site untouched, and `says` in full; every line with file
  and line, each with its help.
- `warn`: the new site is written; `says` is all that is told of it.
- `safe`: the new site is written, and nothing is told.
- `skip`: the new site is written; `left_out` gives each path with its reason.
- `same`: the new site has the very bytes that it has with the files of `as` instead.

A file's content is a text, or a mapping: `text` in an `encoding`; `hex`; `base64`; `repeat` a text so many `times`,
`before` and `after` it; `link` to a target; `fifo: yes`. `without` names files of the site that go; `outside` are files
beside the site's folder. `engine: both` runs `mkdocs build` as well. `absent` are texts that no byte of the outputs may
hold, `present` texts that one of them must; `printed` are texts that are told without a place in a file.

Whatever is wanted: no traceback, no more than ten seconds of processor time and 512 MiB, no page of the old site gone,
nothing left beside it, and the word CANARY in no byte that was written or printed.
"""

import base64
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, SMALL, tree
from tests.forked import Finished, limited

FOLDER = ROOT / "tests" / "faults"
FAULTS = sorted(FOLDER.glob("*.yml"))
SECRET = b"CANARY"
# What the small site says of itself, on purpose.
KNOWN = "content/contract.md"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built once."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("published") / "small"))
    assert limited(["labfolio", "build"], folder).code == 0
    return folder


def cases() -> list[Any]:
    found = []
    for path in FAULTS:
        case = yaml.safe_load(path.read_text("utf-8"))
        for engine in ("labfolio", "mkdocs") if case.get("engine") == "both" else ("labfolio",):
            found.append(pytest.param(case, engine, id=f"{path.stem}-{engine}"))
    return found


@pytest.mark.parametrize(("case", "engine"), cases())
def test_fault(case: dict[str, Any], engine: str, published: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "small"))
    for path, content in case.get("outside", {}).items():
        put(tmp_path / path, content)
    for path in case.get("without", ()):
        (folder / path).unlink()
    for path, content in case["files"].items():
        put(folder / path, content)
    before = tree(folder / "site")
    finished = limited([engine, "build"], folder)
    after = tree(folder / "site")
    assert "Traceback" not in finished.printed
    assert SECRET not in finished.printed.encode() + b"".join(after.values())
    assert not list(folder.glob(".site*"))
    assert not [text for text in case.get("printed", ()) if text not in finished.printed], finished.printed
    if case["wanted"] == "stop":
        assert after == before
        stopped(case, engine, finished)
        return
    assert finished.code == 0, finished.printed
    # The names of the search index are made from its words.
    lost = {path for path in before.keys() - after.keys() if not path.startswith("pagefind/")}
    assert lost <= set(case.get("gone", ()))
    assert said(finished) == case.get("says", [])
    for path, reason in case.get("left_out", {}).items():
        assert f"left out: {path}: {reason}" in finished.printed
    outputs = b"\n".join(after.values())
    assert not [text for text in case.get("absent", ()) if text.encode() in outputs]
    assert not [text for text in case.get("present", ()) if text.encode() not in outputs]
    if case["wanted"] == "same":
        same(case, engine, folder, after)


def stopped(case: Mapping[str, Any], engine: str, finished: Finished) -> None:
    """A run that stopped says everything, each with its place and its mend."""
    settings = any(line.startswith("mkdocs.yml:") for line in case["says"])
    assert finished.code in ((1, 2) if settings and engine == "labfolio" else (1,)), finished.printed
    assert said(finished) == case["says"]
    assert all(line.split(": ")[0].rpartition(":")[2].isdigit() for line in case["says"])
    faults = [part for part in finished.printed.split("\n\n") if any(line in part for line in case["says"])]
    assert all("  help: " in part for part in faults)


def same(case: Mapping[str, Any], engine: str, folder: Path, built: Mapping[str, bytes]) -> None:
    """The site is the one that sound files give, byte for byte."""
    for path in case["files"]:
        (folder / path).unlink()
    for path, content in case["as"].items():
        put(folder / path, content)
    assert limited([engine, "build"], folder).code == 0
    assert tree(folder / "site") == built


def said(finished: Finished) -> list[str]:
    """The diagnostics of a run, a line each, without those of the small site itself."""
    lines = [
        line.removeprefix("WARNING -  ").removeprefix("ERROR   -  ").removeprefix("INFO    -  ")
        for line in finished.printed.splitlines()
    ]
    marks = (": error[", ": warning[", ": note[")
    return [line for line in lines if any(mark in line for mark in marks) and not line.startswith(KNOWN)]


def put(path: Path, content: str | Mapping[str, Any]) -> None:
    """Writes a file as a case describes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    given = {"text": content} if isinstance(content, str) else content
    if "link" in given:
        path.symlink_to(given["link"])
    elif "fifo" in given:
        os.mkfifo(path)
    else:
        path.write_bytes(_bytes(given))


def _bytes(given: Mapping[str, Any]) -> bytes:
    encoding = given.get("encoding", "utf-8")
    if "hex" in given:
        return bytes.fromhex(given["hex"])
    if "base64" in given:
        return base64.b64decode(given["base64"])
    text = given["text"] if "text" in given else given["repeat"] * given["times"]
    return str(given.get("before", "") + text + given.get("after", "")).encode(encoding, "surrogatepass")

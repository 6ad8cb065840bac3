"""Guide pages as they are followed: the blocks of a page are typed out in a folder, one after the other.

| in the page | what a reader does |
|---|---|
| `Begin where [X](x.md) ends.` | follows that page first |
| a block with `title="path"` | writes the file |
| a block with `append="path"` | puts it at the end of the file |
| a block with `into="path"` | puts its keys into the YAML file or front matter, in the place of those there |
| a `console` block | runs each line after `$`, with exit code 0, or N where the line ends in `# exit N` |

Other lines of a console block have to appear in what the command prints, in their order; `...` stands for any lines.
Every other block is only read.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT, environment

GUIDE = ROOT / "docs" / "guide"
_FENCE = re.compile(r"(`{3,})(\w*)(.*)$")
_FIRST = re.compile(r"^Begin where \[[^\]]+\]\(([\w-]+\.md)\) ends\b", re.MULTILINE)
_EXIT = re.compile(r"  # exit (\d+)$")
_KEY = re.compile(r"[\w-]+:")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, what its first line says of it, its text, and the line where it begins."""

    language: str
    says: dict[str, str]
    text: str
    line: int


@dataclass(slots=True)
class Command:
    """A line of a console block, the exit code that it ends with and the lines that it prints."""

    line: str
    at: int
    exit: int = 0
    prints: list[str] = field(default_factory=list)


class NotAsWritten(AssertionError):
    """A page says something that does not come true; the message names the page and the line."""


def first_page(text: str) -> str:
    """The page that a page wants to be followed before it, or an empty text."""
    found = _FIRST.search(text)
    return found[1] if found else ""


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    lines = enumerate(text.split("\n"), start=1)
    for number, line in lines:
        if fence := _FENCE.match(line):
            inside: list[str] = []
            for _, inner in lines:
                if inner.rstrip() == fence[1]:
                    break
                inside.append(f"{inner}\n")
            says = dict(re.findall(r"""([\w-]+)="?([^"\s]+)"?""", fence[3]))
            yield Block(fence[2], says, "".join(inside), number)


def commands(block: Block) -> list[Command]:
    """The commands of a console block."""
    found: list[Command] = []
    for number, line in enumerate(block.text.splitlines(), start=block.line + 1):
        if line.startswith("$ "):
            ended = _EXIT.search(line)
            found.append(Command(line[2:], number, int(ended[1]) if ended else 0))
        elif found and found[-1].line.endswith("\\") and not found[-1].prints:
            found[-1].line += f"\n{line.removeprefix('> ')}"
        elif found:
            found[-1].prints.append(line)
        else:
            raise NotAsWritten(f"line {number}: an output without a command")
    return found


def put_into(text: str, keys: str, *, front_matter: bool) -> str:
    """A YAML text, or the front matter of a Markdown text, with top-level keys of another in place of its own."""
    begin, yaml, rest = text.split("---\n", 2) if front_matter else ("", text, "")
    parts, own = _parts(yaml), _parts(keys)
    merged = "".join((parts | own).values())
    return f"{begin}---\n{merged}---\n{rest}" if front_matter else merged


def _parts(yaml: str) -> dict[str, str]:
    """The lines of each top-level key."""
    found: dict[str, str] = {}
    name = ""
    for line in yaml.splitlines(keepends=True):
        name = line.partition(":")[0] if _KEY.match(line) else name
        found[name] = found.get(name, "") + line
    return found


@dataclass(slots=True)
class Reader:
    """Who follows a page: the folder, and where in it the last command left him."""

    folder: Path
    page: str
    text: str
    at: Path = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.folder

    def follow(self) -> None:
        """Does everything that the page says.

        Raises:
            NotAsWritten: where a file is written that the text does not name, or a command does something else.
        """
        for block in blocks(self.text):
            for how in ("title", "append", "into"):
                if how in block.says:
                    self._write(how, block.says[how], block)
            if block.language == "console":
                for command in commands(block):
                    self._run(command)

    def _write(self, how: str, path: str, block: Block) -> None:
        before = "\n".join(self.text.split("\n")[: block.line - 1])
        if f"`{path}`" not in before:
            raise NotAsWritten(f"{self.page}:{block.line}: the text does not say that this goes to `{path}`")
        file = self.at / path
        if how != "title" and not file.is_file():
            raise NotAsWritten(f"{self.page}:{block.line}: there is no {path} yet")
        file.parent.mkdir(parents=True, exist_ok=True)
        if how == "into":
            text = put_into(file.read_text(), block.text, front_matter=path.endswith(".md"))
        else:
            text = file.read_text() + "\n" + block.text if how == "append" else block.text
        file.write_text(text)

    def _run(self, command: Command) -> None:
        note = self.folder.with_name(f"{self.folder.name}.at")
        script = f'{command.line}\nended=$?\npwd > "$GUIDE_AT"\nexit $ended'
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.at, env=_environment(GUIDE_AT=str(note)), text=True, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        self.at = Path(note.read_text().strip())
        place = f"{self.page}:{command.at}: $ {command.line}\n{done.stdout}"
        if done.returncode != command.exit:
            raise NotAsWritten(f"{place}ended with {done.returncode}, not {command.exit}")
        printed = iter(done.stdout.splitlines())
        for wanted in command.prints:
            if wanted.strip() not in ("", "...") and not any(wanted.rstrip() in line for line in printed):
                raise NotAsWritten(f"{place}does not print, or not in this order: {wanted}")


def _environment(**changes: str) -> dict[str, str]:
    """This environment's programs, a name for Git, and no way out to a network."""
    own = Path(sys.executable).parent
    person = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _PERSON.items()}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    path = {"PATH": f"{own}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return environment(**path, **person, **git, **nowhere, **changes)


_PERSON = {"NAME": "Ada Park", "EMAIL": "ada@ada.example"}

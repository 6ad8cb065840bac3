"""Files that were published: those of a moved page stay where they were, of others that went there is a warning."""

from collections.abc import Iterable
from posixpath import dirname

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.rules import fault
from labfolio.model.site import Output
from labfolio.present.edition import Edition


def moved_files(edition: Edition, outputs: Iterable[Output]) -> tuple[tuple[Output, ...], tuple[Diagnostic, ...]]:
    """Copies for old URLs of files whose page moved, and a warning for each file that nothing answers.

    A file of a retired page went with it.
    """
    ledger = edition.ledger
    given = {output.path: output for output in outputs}
    ends = edition.answers.ends()
    retired = {line.url for line in edition.answers.tombstones}
    copies: list[Output] = []
    found: list[Diagnostic] = []
    for url, line in ledger.lines.items() if ledger.sound else ():
        asked = line.kind == "file" and line.state == "live" and line.first <= edition.progress.today
        if not asked or url in given:
            continue
        page = next((folder for folder in _above(url) if folder in ends or folder in retired), "")
        now = given.get(ends[page] + url.removeprefix(page)) if page in ends else None
        if now is not None:
            copies.append(Output(path=url, content=now.held, source=now.source))
        elif page not in retired:
            message = f"{url} was published on {line.first} and is published no more"
            help = f"Refer to the file from a page again, or labfolio retire {url} --reason ..."
            found.append(fault("lost-file", ledger.path, message, help, ledger.position(url), ledger.text))
    return tuple(copies), tuple(found)


def _above(url: str) -> Iterable[str]:
    """The folders that a file lies in, the nearest first."""
    folder = dirname(url)
    while folder:
        yield f"{folder}/"
        folder = dirname(folder)

"""`labfolio publish` and `labfolio retire`: the only two that write the ledger, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from pydantic import ValidationError

from labfolio.articles import anchors
from labfolio.build import Result
from labfolio.engines.site_folder import SiteFolder, Unusable, look, run
from labfolio.facts.answers import pages_of
from labfolio.facts.publication import Publication, grown, retired
from labfolio.files.destinations import replace_file
from labfolio.files.lock import locked
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.ledger import Ledger, LedgerLine
from labfolio.model.rules import fault
from labfolio.model.spelling import nearest
from labfolio.parse.text import uncarried
from labfolio.present.ledger_file import ledger_text, told
from labfolio.present.published import published
from labfolio.survey import Survey


class Refused(Exception):
    """A URL cannot be retired; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of a publication: the words for the author, what was found, and whether the ledger is current now."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    current: bool


def publish(
    folder: SiteFolder, environment: Mapping[str, str], stated: str = "", *, strict: bool = False, only: bool = False
) -> Published:
    """Writes the ledger with what the site publishes today; with `only` it says so and writes nothing.

    A site with errors is not published: the ledger stays as it is. Raises Unusable as `run` does, and OSError.
    """
    with locked(folder.root / folder.settings.docs_dir):
        result = run(folder, environment, stated)
        ledger = result.edition.ledger
        if has_errors(result.diagnostics, strict=strict):
            return Published(text="", diagnostics=result.diagnostics, current=False)
        _sound(ledger)
        publication = publication_of(result)
        content = ledger_text(publication.lines)
        stale = content != ledger.text
        if stale and not only:
            replace_file(folder.root / ledger.path, content.encode())
    counters = [one for one in result.diagnostics if one.rule == "falling-counter"]
    text = told(publication, counters, ledger.path, _state(stale, only))
    return Published(text=text, diagnostics=result.diagnostics, current=not (stale and only))


def _state(stale: bool, only: bool) -> str:
    if not stale:
        return "current"
    return "not written" if only else "written"


def publication_of(result: Result) -> Publication:
    """The ledger after a publication of what was built."""
    edition = result.edition
    today = edition.progress.today
    return grown(
        edition.ledger, edition.answers, published(edition, today), anchors(edition.portfolio, edition.articles), today
    )


def retire(folder: SiteFolder, address: str, reason: str, environment: Mapping[str, str], stated: str = "") -> str:
    """Writes the line of a retired URL into the ledger and gives the line's words.

    Raises Refused where the URL is none of the ledger or a page answers it, Unusable as `look` does, and OSError.
    """
    with locked(folder.root / folder.settings.docs_dir):
        seen = look(folder, environment, stated)
        ledger = seen.parsed.ledger
        _sound(ledger)
        line = _retirable(seen, address.removeprefix(folder.settings.site_url))
        line = _judged(line, reason, seen.today)
        content = ledger_text({**ledger.lines, line.url: line})
        replace_file(folder.root / ledger.path, content.encode())
    counted = " It no longer counts." if line.counted else ""
    return f"{line.url} is retired as of {line.last}: {line.reason}{counted}"


def _judged(line: LedgerLine, reason: str, today: date) -> LedgerLine:
    """The retired line, read again as the file will be. Raises Refused for a reason that no file can hold."""
    if uncarried(reason):
        raise Refused("--reason holds a control character; write it as plain text")
    try:
        return LedgerLine.model_validate(retired(line, reason, today).model_dump())
    except ValidationError as error:
        raise Refused("--reason is empty; it is what readers are told") from error


def _sound(ledger: Ledger) -> None:
    """Raises Unusable for a ledger that cannot be read: writing it anew would lose what is in it."""
    if not ledger.sound:
        message = "the ledger cannot be read as a whole and is left as it is"
        raise Unusable((fault("unreadable-file", ledger.path, message, "labfolio check names its faults."),))


def _retirable(seen: Survey, address: str) -> LedgerLine:
    """The ledger's line of an address that no page answers. Raises Refused for any other."""
    ledger = seen.parsed.ledger
    path = address.split("#")[0].split("?")[0].strip("/")
    known = (path, f"{path}/", unquote(path), f"{unquote(path)}/")
    url = next((one for one in known if one in ledger.lines), "")
    if not url:
        raise Refused(f"{path}/ is not in {ledger.path}{nearest(f'{path}/', ledger.lines)}")
    pages = pages_of(seen.portfolio)
    if url in pages:
        raise Refused(f"{url} is a page still; delete {pages[url].source.path} or write draft: yes in it first")
    to = seen.answers.ends().get(url)
    if to:
        raise Refused(f"{url} leads to {to} already; nothing is lost")
    return ledger.lines[url]

"""Social cards: one picture for each entry and one for the rest of the site."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date

from PIL import __version__ as pillow

from labfolio.model.entry import Entry
from labfolio.model.site import Output, Remember, Theme
from labfolio.model.wording import day_text
from labfolio.present.assets import stylesheet
from labfolio.present.card.tokens import read_tokens
from labfolio.present.edition import Edition
from labfolio.present.plate import kind_counts
from labfolio.present.rows import claims_held, entry_mark, pillar_tag
from labfolio.present.views.card import Card, Look, Strip
from labfolio.present.views.common import TitleField

NAME = "card.png"
# Part of every key: raised when the drawing changes.
_EDITION = 2
_COLOURS = ("--paper", "--sheet", "--rule", "--rule-3", "--ink", "--ink-2", "--ink-3", "--held", "--part", "--fail")
# Role of a text -> the token that names its face, and its weight.
_ROLES = {
    "title": ("--text", 600),
    "result": ("--text", 400),
    "label": ("--label", 400),
    "strong": ("--label", 600),
    "mono": ("--mono", 400),
    "name": ("--mono", 600),
}


def draw_again(_key: str, draw: Callable[[], bytes]) -> bytes:
    """The memory that keeps nothing."""
    return draw()


def leave_out(_key: str, _draw: Callable[[], bytes]) -> bytes:
    """The memory for those who only ask which files there will be: empty ones."""
    return b""


def cards(edition: Edition, remember: Remember) -> Iterable[Output]:
    """The card of every entry and of the site, drawn where the memory does not have it."""
    look = look_of(edition.theme)
    known = _fingerprint(look)
    yield _output("", site_card(edition), "site", look, known, remember)
    for entry in edition.portfolio.entries:
        yield _output(entry.url, entry_card(edition, entry), entry.path, look, known, remember)


def _output(url: str, card: Card, source: str, look: Look, known: str, remember: Remember) -> Output:
    def draw() -> bytes:
        # Drawing is not imported where every card is remembered.
        from labfolio.present.card.drawing import draw_card

        return draw_card(card, look)

    return Output(path=f"{url}{NAME}", content=remember(f"{known} {card!r}", draw), source=source)


def look_of(theme: Theme) -> Look:
    """The colours and faces of the theme's stylesheet, with the packaged ones to fall back on."""
    packaged = Theme(frame="", fragments={}, assets={**theme.assets, **theme.replaced})
    sheets = [read_tokens(stylesheet(one)) for one in ([theme, packaged] if theme.replaced else [theme])]
    faces = {}
    for role, (token, weight) in _ROLES.items():
        paths = dict.fromkeys(sheet.font_file(token, weight) for sheet in sheets)
        files = [assets[path] for path in paths for assets in (theme.assets, theme.replaced) if path in assets]
        faces[role] = (tuple(files), weight)
    colours = {token: tuple(dict.fromkeys(sheet.colour(token) for sheet in sheets)) for token in _COLOURS}
    return Look(colours=colours, faces=faces)


def _fingerprint(look: Look) -> str:
    """Everything but the facts that a card is made from."""
    faces = [
        (role, weight, [hashlib.sha256(data).hexdigest() for data in files])
        for role, (files, weight) in look.faces.items()
    ]
    return f"card {_EDITION} Pillow {pillow} {look.colours!r} {faces!r}"


def entry_card(edition: Edition, entry: Entry) -> Card:
    """The card of an entry. It shows the programme as of the entry's day, so that it stays as it was shared."""
    day = edition.progress.day_of(entry.date)
    fields = [TitleField(label="Sheet", value=edition.portfolio.id_of(entry))]
    if day is not None:
        fields.append(TitleField(label="Day", value=f"{day} of {edition.portfolio.program.days}"))
    fields.append(TitleField(label="Date", value=day_text(entry.date)))
    if tag := pillar_tag(edition, entry):
        fields.append(TitleField(label="Pillar", value=tag.name, pillar=tag))
    mark = entry_mark(edition, entry)
    kind = entry.kind.noun.capitalize()
    return Card(
        site=edition.settings.site_name,
        sheet=edition.portfolio.id_of(entry),
        kind=kind,
        fields=tuple(fields),
        title=entry.front.title,
        result=edition.summary(entry),
        mark=mark,
        status=claims_held(edition, entry) or kind,
        strip=_strip(edition, min(entry.date, edition.progress.today), day),
    )


def site_card(edition: Edition) -> Card:
    """The card of every page that is no entry: the programme as of today."""
    progress, program = edition.progress, edition.portfolio.program
    fields = [TitleField(label="Day", value=f"{progress.day} of {program.days}")] if progress.days else []
    counts = [one for one in kind_counts(edition, "") if one.target is not None or not progress.days]
    for one in counts:
        fields.append(TitleField(label=one.name, value=str(one.have) + (f" of {one.target}" if one.target else "")))
    outcomes = [one.judgement.outcome for claims in edition.claims.values() for one in claims]
    held = sum(outcome in ("reproduced", "exceeded") for outcome in outcomes)
    running = progress.state == "running"
    return Card(
        site=edition.settings.site_name,
        sheet="",
        kind="Portfolio",
        fields=tuple(fields),
        title=program.statement or edition.settings.site_name,
        result=program.lead or "",
        mark=None,
        status=f"{held} of {len(outcomes)} claims held" if outcomes else "",
        strip=_strip(edition, progress.today, progress.day if running else None),
    )


def _strip(edition: Edition, as_of: date, now: int | None) -> Strip | None:
    """The days as they stood on a day; None without a programme."""
    days = edition.progress.days
    if not days:
        return None
    hatches = {pillar.id: str(index % 8 + 1) for index, pillar in enumerate(edition.progress.program.pillars)}
    then = [day for day in days if day.date <= as_of]
    states = ("s" if day.shipped else hatches.get(day.pillar or "", "n") for day in then)
    return Strip(length=edition.progress.program.milestone_days, days="".join(states).ljust(len(days), "n"), now=now)


def card_meta(edition: Edition, entry: Entry | None = None) -> dict[str, str]:
    """What the frame says of a page's card: its path and its words."""
    if entry is None:
        return {"image": NAME, "image_alt": edition.portfolio.program.statement or edition.settings.site_name}
    mark, held = entry_mark(edition, entry), claims_held(edition, entry)
    verdict = ", ".join(filter(None, (mark.word if mark else "", held)))
    return {"image": f"{entry.url}{NAME}", "image_alt": entry.front.title + (f". {verdict}." if verdict else "")}

"""`labfolio.load`: a portfolio in a notebook or a script."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from labfolio.engines.site_folder import SiteFolder, Unusable, look, settings_of
from labfolio.facts.allowances import allow
from labfolio.facts.progress import progress
from labfolio.model.diagnostic import Diagnostic, has_errors, in_order
from labfolio.model.library import Faults, Portfolio
from labfolio.model.site import Theme
from labfolio.present.library import given_out, told, with_values
from labfolio.survey import allowances


def load(path: str | os.PathLike[str] = ".", *, today: date | str | None = None) -> Portfolio:
    """The portfolio in a folder, or that of a `mkdocs.yml`, as a build on the day `today` would publish it.

    Without `today` (a date, or a text such as `2026-11-20`) it is SOURCE_DATE_EPOCH, else the programme's current day.
    Drafts and later entries are left out. Every call reads the sources anew; nothing is rendered, kept or written, so
    that faults that only rendering shows, such as dead links, are left to `labfolio check`.

    Raises:
        Faults: where an entry, the programme or a result file has an error; it names all of them.
        ValueError: where `today` is a text and no day.
    """
    config = Path(path)
    config = config / "mkdocs.yml" if config.is_dir() or not config.suffix else config
    try:
        portfolio, found = _read(config, _day(today))
    except Unusable as error:
        raise Faults(told(error.diagnostics)) from None
    if portfolio is None:
        raise Faults(told(found))
    return portfolio


def _read(config: Path, day: str) -> tuple[Portfolio | None, tuple[Diagnostic, ...]]:
    """The portfolio, None where it has errors, and what is wrong with it. Raises Unusable."""
    # Facts need no theme, and a fault in one is none of theirs.
    theme = Theme(frame="", fragments={}, assets={})
    folder = SiteFolder(root=config.absolute().parent, settings=settings_of(config, os.environ), theme=theme)
    seen = look(folder, os.environ, day)
    entries, unknown = with_values(seen.portfolio, seen.claims)
    found, _ = allow(in_order((*seen.diagnostics, *unknown)), allowances(seen, folder.settings), whole=False)
    if has_errors(found):
        return None, found
    portfolio = replace(seen.portfolio, entries=entries)
    made = progress(portfolio, seen.today, seen.parsed.log)
    return given_out(folder.settings, portfolio, seen.claims, made, found), found


def _day(today: date | str | None) -> str:
    """The day as text, empty where none is given. Raises ValueError for a text that is none."""
    if isinstance(today, datetime):
        today = today.date()
    if isinstance(today, str):
        today = date.fromisoformat(today)
    return today.isoformat() if today is not None else ""

"""`labfolio status`: how far along the programme is."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import config_option, usable
from labfolio.model.diagnostic import has_errors

if TYPE_CHECKING:
    from labfolio.facts.portfolio import Portfolio


@click.command()
@click.argument("name", default="", metavar="[ENTRY]")
@config_option
@click.option("--today", "stated", default="", metavar="DATE", help="The day; default: SOURCE_DATE_EPOCH, else today.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(name: str, config: Path, stated: str, as_json: bool) -> None:
    """Say how far along the programme is, what is next, what is weakest and what is left out.

    With ENTRY (a slug, an id or a path): that entry's checklist.
    """
    from labfolio.engines.site_folder import look, open_folder
    from labfolio.present.status import as_data, as_text, entry_data, entry_text
    from labfolio.survey import edition_of

    with usable(config):
        folder = open_folder(config, os.environ)
        seen = look(folder, os.environ, stated)
    edition = edition_of(seen, folder.settings, None, {})
    if name:
        entry = edition.portfolio.named(name)
        if entry is None:
            raise click.UsageError(_unknown(name, edition.portfolio))
        data, text = entry_data(edition, entry), entry_text(edition, entry)
    else:
        data, text = as_data(edition, seen.left_out), as_text(edition, seen.left_out)
    click.echo(json.dumps(data, indent=1, ensure_ascii=False) if as_json else "\n".join(text))
    if has_errors(seen.diagnostics):
        click.echo("\nThere are faults: labfolio check names them.", err=True)


def _unknown(name: str, portfolio: "Portfolio") -> str:
    """What is said of a name that no published entry has."""
    from labfolio.model.spelling import nearest

    path = name.removeprefix("./").rstrip("/")
    ends = tuple(f"/{path}{ending}" for ending in ("", ".md", "/index.md"))
    reason = next((one.reason for one in portfolio.left_out if f"/{one.path}".endswith(ends)), "")
    if reason:
        return f"'{name}' is left out: {reason}"
    return f"there is no entry '{name}'{nearest(name, portfolio.by_slug())}"

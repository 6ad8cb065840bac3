"""`labfolio status`: how far along the programme is."""

import json
import os
from pathlib import Path

import click

from labfolio.cli.options import config_option, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@click.argument("name", default="", metavar="[ENTRY]")
@config_option
@click.option("--today", "stated", default="", metavar="DATE", help="The day; default: SOURCE_DATE_EPOCH, else today.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(name: str, config: Path, stated: str, as_json: bool) -> None:
    """Say how far along the programme is, what is next, what is weakest and what is left out.

    With ENTRY (a slug, an id or a path): that entry's checklist, also of a draft.
    """
    from labfolio.engines.site_folder import look, open_folder
    from labfolio.model.spelling import nearest
    from labfolio.model.unseen import one_line
    from labfolio.present.status import as_data, as_text, entry_data, entry_text
    from labfolio.survey import edition_of, of_everything

    with usable(config):
        folder = open_folder(config, os.environ)
        seen = look(folder, os.environ, stated, preview=bool(name))
    if name:
        seen = of_everything(seen)
    edition = edition_of(seen, folder.settings, None, {})
    entry = edition.portfolio.named(name) if name else None
    if name and entry is None:
        raise click.UsageError(f"there is no entry '{name}'{nearest(name, edition.portfolio.by_slug())}")
    data = entry_data(edition, entry) if entry else as_data(edition, seen.left_out)
    text = entry_text(edition, entry) if entry else as_text(edition, seen.left_out)
    click.echo(json.dumps(data, indent=1, ensure_ascii=False) if as_json else "\n".join(map(one_line, text)))
    if has_errors(seen.diagnostics):
        click.echo("\nThere are faults: labfolio check names them.", err=True)

"""`labfolio status`: how far along the programme is."""

import json
import os
from pathlib import Path

import click

from labfolio.cli.options import config_option, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@config_option
@click.option("--today", "stated", default="", metavar="DATE", help="The day; default: SOURCE_DATE_EPOCH, else today.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(config: Path, stated: str, as_json: bool) -> None:
    """Say how far along the programme is, what is next, what is weakest and what is left out."""
    from labfolio.engines.site_folder import look, open_folder
    from labfolio.present.status import as_data, as_text
    from labfolio.survey import edition_of

    with usable(config):
        folder = open_folder(config, os.environ)
        seen = look(folder, os.environ, stated)
    edition = edition_of(seen, folder.settings, None, {})
    if as_json:
        click.echo(json.dumps(as_data(edition, seen.left_out), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(as_text(edition, seen.left_out)))
    if has_errors(seen.diagnostics):
        click.echo("\nThere are faults: labfolio check names them.", err=True)

"""`labfolio new`: a new entry."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import config_option, usable
from labfolio.model.section import SECTIONS


@click.command()
@click.argument("kind", type=click.Choice(tuple(SECTIONS)))
@click.argument("title", required=False, default="")
@config_option
@click.option("--slug", default="", metavar="NAME", help="The entry's name in addresses; default: from the title.")
@click.option("--date", "day", default="", metavar="DATE", help="Default: today in the programme's zone.")
@click.option("--pillar", default="", metavar="ID", help="A pillar of program.yml; default: that of --from.")
@click.option("--tag", "tags", multiple=True, metavar="TOPIC", help="A topic; may be given several times.")
@click.option("--paper", "papers", multiple=True, metavar="KEY", help="A BibTeX key; may be given several times.")
@click.option("--from", "based_on", multiple=True, metavar="ENTRY", help="An entry it grows out of: slug, id or path.")
def new(kind: str, title: str, config: Path, **stated: object) -> None:
    """Begin an entry of KIND with a TITLE: a file with its fields and the headings that are expected of it."""
    from labfolio.engines.new_entry import Refused, Wanted, new_entry
    from labfolio.engines.site_folder import open_folder
    from labfolio.schema.scaffold import kind_named

    if not title.strip():
        raise click.UsageError("give a title")
    wanted = Wanted(kind=kind_named(kind), title=" ".join(title.split()), **stated)  # type: ignore[arg-type] # from click
    try:
        with usable(config):
            written = new_entry(open_folder(config, os.environ), wanted, os.environ)
    except Refused as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"labfolio: nothing was written: {error.strerror}", err=True)
        sys.exit(1)
    for path in written:
        click.echo(path)

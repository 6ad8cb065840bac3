"""`labfolio new`: a new entry."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from labfolio.cli.options import config_option, refused, usable
from labfolio.model.section import SECTIONS

if TYPE_CHECKING:
    from labfolio.engines.new_entry import Source


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
@click.option("--bibtex", metavar="FILE", type=click.Path(path_type=Path), help="Take the paper from saved BibTeX.")
@click.option("--arxiv", default="", metavar="ID", help="Take the paper from arXiv: with --record, or with --online.")
@click.option("--record", metavar="FILE", type=click.Path(path_type=Path), help="A saved record of arXiv's API.")
@click.option("--online", is_flag=True, help="Ask arXiv for the record; nothing else is ever fetched.")
def new(kind: str, title: str, config: Path, **stated: Any) -> None:
    """Begin an entry of KIND: a file with its fields and the headings that are expected of it.

    TITLE can be left out where --bibtex or --arxiv gives one.
    """
    from labfolio.engines.new_entry import Refused, Wanted, new_entry
    from labfolio.engines.site_folder import open_folder
    from labfolio.schema.scaffold import kind_named

    given = {name: stated.pop(name) for name in ("bibtex", "arxiv", "record", "online")}
    try:
        source = _source(**given)
        if not title.strip() and source is None:
            raise click.UsageError("give a title")
        wanted = Wanted(kind=kind_named(kind), title=" ".join(title.split()), source=source, **stated)
        with usable(config):
            written = new_entry(open_folder(config, os.environ), wanted, os.environ)
    except Refused as error:
        click.echo(f"labfolio: nothing was written: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"labfolio: nothing was written: {refused(error)}", err=True)
        sys.exit(1)
    for path in written:
        click.echo(path)


def _source(bibtex: Path | None, arxiv: str, record: Path | None, online: bool) -> "Source | None":
    """Where the paper's record comes from, None where no option says so."""
    from labfolio.engines.new_entry import Source, saved

    if bibtex and (arxiv or record or online):
        raise click.UsageError("--bibtex stands alone; --arxiv goes with --record or --online")
    if bibtex:
        return Source(name=bibtex.name, text=saved(bibtex))
    if (record or online) and not arxiv:
        raise click.UsageError("say which paper with --arxiv ID")
    if arxiv and bool(record) == online:
        raise click.UsageError("--arxiv takes a saved record, --record FILE, or asks arXiv, --online")
    if record:
        return Source(name=record.name, text=saved(record), arxiv=arxiv)
    return replace(_asked(arxiv), arxiv=arxiv) if arxiv else None


def _asked(id: str) -> "Source":
    from labfolio.engines.arxiv import NotFetched, fetch
    from labfolio.engines.new_entry import Refused, Source

    try:
        return Source(name="arXiv", text=fetch(id))
    except NotFetched as error:
        raise Refused(str(error)) from None

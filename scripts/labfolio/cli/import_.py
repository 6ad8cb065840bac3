"""`labfolio import`: what was written for another program."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import config_option, refused, today_option, usable
from labfolio.importers.formats import FORMATS

if TYPE_CHECKING:
    from labfolio.engines.importing import Plan

# How a state is printed; the words are what becomes of the file.
_SHOWN = {
    "new": "new",
    "same": "same",
    "grows": "grows",
    "replaced": "replaced",
    "kept": "kept: it differs",
    "left": "left: its entry is kept",
}


# `\b` keeps click from filling the lines.
@click.command("import", epilog="\b\nFormats:\n" + "\n".join(f"  {one.name:10}{one.what}" for one in FORMATS))
@click.argument("format", metavar="FORMAT", type=click.Choice([one.name for one in FORMATS]))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@config_option
@click.option(
    "--kind",
    type=click.Choice(["note", "build", "reproduction", "paper", "submission"]),
    default="note",
    show_default=True,
    help="What posts become.",
)
@click.option("--write", is_flag=True, help="Write the files; without it they are only named.")
@click.option("--replace", "replacing", is_flag=True, help="Files that are there and differ are written too.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@today_option
def import_(
    format: str, path: Path, config: Path, kind: str, write: bool, replacing: bool, as_json: bool, stated: str
) -> None:
    """Bring in the posts and notes of another program at PATH; say what would be written and what cannot be carried."""
    from labfolio.engines.importing import NotImported, carry_out, plan
    from labfolio.engines.site_folder import open_folder

    try:
        with usable(config):
            folder = open_folder(config, os.environ)
            planned = plan(folder, format, path, kind, os.environ, stated, replacing=replacing)
        if write:
            carry_out(folder, planned)
    except (NotImported, OSError) as error:
        why = refused(error) if isinstance(error, OSError) else error
        click.echo(f"labfolio: the import stopped: {why}", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(_as_data(planned, write), indent=1, ensure_ascii=False))
        return
    _print(planned, path if path.is_dir() else path.parent, write)


def _print(planned: "Plan", base: Path, write: bool) -> None:
    """Files and what was missed on standard output, the sum on standard error."""
    for one in planned.files:
        click.echo(f"{one.file.path}: {_SHOWN[one.state]}")
    for missed in planned.missed:
        click.echo(f"{(base / missed.path).as_posix()}:{missed.line}: {missed.what}")
    fresh = planned.count("new", "grows", "replaced")
    done, kept = "written" if write else "to write", planned.count("kept", "left")
    same = planned.count("same") + len(planned.known)
    click.echo(f"{fresh} {done}, {same} the same, {kept} kept; {len(planned.missed)} not carried.", err=True)
    if not write and fresh:
        click.echo("Nothing was written; --write does.", err=True)
    if planned.count("kept"):
        click.echo("What was kept differs from the import; --replace takes the import.", err=True)


def _as_data(planned: "Plan", write: bool) -> dict[str, object]:
    return {
        "version": 1,
        "written": write,
        "files": [{"path": one.file.path, "state": one.state, "source": one.file.source} for one in planned.files],
        "missed": [{"path": one.path, "line": one.line, "what": one.what} for one in planned.missed],
    }

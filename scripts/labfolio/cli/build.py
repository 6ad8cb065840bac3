"""`labfolio build`: the site written to a folder, without MkDocs."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import print_found, site_options, usable
from labfolio.model.diagnostic import has_errors

if TYPE_CHECKING:
    from labfolio.engines.last_build import Asked


@click.command()
@site_options
@click.option("-d", "--site-dir", default="", help="Where to write; default: site_dir of the settings.")
@click.option("--fresh", is_flag=True, help="Forget what earlier builds left in .cache/labfolio, and make all anew.")
def build(config: Path, stated: str, strict: bool, shape: str, site_dir: str, fresh: bool) -> None:
    """Write the site to a folder; the old one stays whole until the new one is.

    Where nothing changed since the last build there is nothing to write, and it says the same.
    """
    from labfolio.engines.last_build import Asked, unchanged
    from labfolio.files.record import forget

    asked = Asked(engine="native", config=config, target=site_dir)
    if fresh:
        forget(asked.root)
    kept = unchanged(asked, os.environ, stated)
    if kept is None:
        _build(asked, stated, strict, shape)
        return
    report = kept.report
    print_found(report.diagnostics, report.left_out, shape, report.allowed)
    if has_errors(report.diagnostics, strict=strict):
        sys.exit(1)
    click.echo(f"{report.number} files in {os.path.relpath(kept.target)}, unchanged", err=True)


def _build(asked: "Asked", stated: str, strict: bool, shape: str) -> None:
    from labfolio.engines.last_build import Watched
    from labfolio.engines.native import write_site
    from labfolio.engines.search_index import with_search
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.files.aside import Shelf
    from labfolio.files.destinations import DestinationError
    from labfolio.model.memory import Memory

    watched = Watched(asked, os.environ)
    with usable(asked.config, shape):
        folder = with_search(open_folder(asked.config, watched.environment))
        result = run(folder, os.environ, stated, memory=Memory(aside=Shelf(folder.root)))
    print_found(result.diagnostics, result.left_out, shape, result.allowed)
    if has_errors(result.diagnostics, strict=strict):
        sys.exit(1)
    target = folder.root / (asked.target or folder.settings.site_dir)
    try:
        number, problem, written = write_site(folder, result, target)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    if problem:
        click.echo(f"labfolio: {problem}", err=True)
    else:
        watched.keep(result, written, number)
    click.echo(f"{number} files in {os.path.relpath(target)}", err=True)

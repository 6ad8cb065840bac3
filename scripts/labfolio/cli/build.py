"""`labfolio build`: the site written to a folder, without MkDocs."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@site_options
@click.option("-d", "--site-dir", default="", help="Where to write; default: site_dir of the settings.")
def build(config: Path, stated: str, strict: bool, shape: str, site_dir: str) -> None:
    """Write the site to a folder; the old one stays whole until the new one is."""
    from labfolio.engines.native import write_site
    from labfolio.engines.search_index import with_search
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.files.destinations import DestinationError

    with usable(config, shape):
        folder = with_search(open_folder(config, os.environ))
        result = run(folder, os.environ, stated)
    print_found(result.diagnostics, result.left_out, shape, result.allowed)
    if has_errors(result.diagnostics, strict=strict):
        sys.exit(1)
    target = folder.root / (site_dir or folder.settings.site_dir)
    try:
        number, problem = write_site(folder, result, target)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    if problem:
        click.echo(f"labfolio: {problem}", err=True)
    click.echo(f"{number} files in {os.path.relpath(target)}", err=True)

"""`labfolio export`: the site as another engine takes it, or as plain Markdown."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--markdown", is_flag=True, help="Plain Markdown pages, readable without any site.")
@site_options
def export(target: Path, markdown: bool, config: Path, stated: str, strict: bool, shape: str) -> None:
    """Write the site for another engine into FOLDER: finished pages, your own pages as Markdown, and a mkdocs.yml.

    `zensical build` in FOLDER then makes the same site. What an earlier export wrote there is written again; nothing
    else is touched.
    """
    from labfolio.engines.export import export_markdown, export_site
    from labfolio.engines.search_index import with_search
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.files.destinations import DestinationError

    with usable(config, shape):
        folder = with_search(open_folder(config, os.environ))
        result = run(folder, os.environ, stated)
    print_found(result.diagnostics, result.left_out, shape, result.allowed)
    if has_errors(result.diagnostics, strict=strict):
        sys.exit(1)
    problem = ""
    try:
        if markdown:
            number, changed = export_markdown(folder, result, target)
        else:
            number, changed, problem = export_site(folder, result, target)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    if problem:
        click.echo(f"labfolio: {problem}", err=True)
    click.echo(f"{number} files in {os.path.relpath(target)}, {changed} of them changed", err=True)

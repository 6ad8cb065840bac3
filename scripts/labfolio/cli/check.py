"""`labfolio check`: everything that is wrong with the sources."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@site_options
def check(files: tuple[Path, ...], config: Path, stated: str, strict: bool, shape: str) -> None:
    """Print everything that is wrong with the sources, and what is left out and why.

    With FILEs or folders only what is wrong with them; that of a few entries is found without reading all.
    """
    from labfolio.engines.checking import check_all, check_some
    from labfolio.engines.site_folder import open_folder

    with usable(config, shape):
        folder = open_folder(config, os.environ)
        paths = [_below(folder.root, path) for path in files]
        diagnostics, left_out = (
            check_some(folder, paths, os.environ, stated) if paths else check_all(folder, os.environ, stated)
        )
    print_found(diagnostics, left_out, shape)
    sys.exit(1 if has_errors(diagnostics, strict=strict) else 0)


def _below(root: Path, path: Path) -> str:
    """A path as it was typed, relative to the site's root."""
    found = os.path.relpath(path.absolute(), root)
    if not os.path.lexists(path) or found.startswith(".."):
        raise click.UsageError(f"there is no {path} in this site")
    return Path(found).as_posix()

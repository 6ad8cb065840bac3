"""`labfolio check`: everything that is wrong with the sources, and the mend of what is certain."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import print_found, site_options, unusable, usable
from labfolio.model.diagnostic import has_errors

if TYPE_CHECKING:
    from labfolio.engines.checking import Found


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@site_options
@click.option("--fix", is_flag=True, help="Mend what can be mended in one way only.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Print what --fix would write, and write nothing.")
def check(files: tuple[Path, ...], config: Path, stated: str, strict: bool, shape: str, fix: bool, dry: bool) -> None:
    """Print everything that is wrong with the sources, and what is left out and why.

    With FILEs or folders only what is wrong with them; that of a few entries is found without reading all.
    """
    with usable(config, shape):
        if fix or dry:
            sys.exit(_mend(files, config, stated, strict, shape, dry=dry))
        found = _found(files, config, stated)
    print_found(found.diagnostics, found.left_out, shape, found.allowed)
    sys.exit(1 if has_errors(found.diagnostics, strict=strict) else 0)


def _found(files: tuple[Path, ...], config: Path, stated: str) -> "Found":
    """What is said of the whole site, or of some files."""
    from labfolio.engines.checking import check_all, check_some
    from labfolio.engines.site_folder import open_folder

    folder = open_folder(config, os.environ)
    paths = _below(folder.root, files)
    return check_some(folder, paths, os.environ, stated) if paths else check_all(folder, os.environ, stated)


def _below(root: Path, files: tuple[Path, ...]) -> tuple[str, ...]:
    """Paths as they were typed, relative to the site's root."""
    found = []
    for path in files:
        inside = os.path.relpath(path.absolute(), root)
        if not os.path.lexists(path) or inside.startswith(".."):
            raise click.UsageError(f"there is no {path} in this site")
        found.append(Path(inside).as_posix())
    return tuple(found)


def _mend(files: tuple[Path, ...], config: Path, stated: str, strict: bool, shape: str, *, dry: bool) -> int:
    """Writes, or with `dry` shows, what is certain; the exit code of what is left, 1 where a diff is shown."""
    from labfolio.engines.mending import mend, write_mended
    from labfolio.files.destinations import DestinationError
    from labfolio.present.diff import as_diff

    mended = mend(config, os.environ, stated, _below(config.resolve().parent, files))
    if dry and mended.files:
        click.echo(as_diff(mended.files), nl=False)
        click.echo(f"{len(mended.fixed)} would be mended, {len(mended.diagnostics)} left", err=True)
        return 1
    try:
        write_mended(config, mended.files)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        return 1
    print_found(mended.diagnostics, mended.left_out, shape, mended.allowed, mended.fixed)
    if not mended.usable:
        return unusable(mended.diagnostics, config)
    return 1 if has_errors(mended.diagnostics, strict=strict) else 0

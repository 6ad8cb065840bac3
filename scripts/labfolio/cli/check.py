"""`labfolio check`: everything that is wrong with the sources, and the mend of what is certain."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, unusable, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@site_options
@click.option("--fix", is_flag=True, help="Mend what can be mended in one way only.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Print what --fix would write, and write nothing.")
def check(files: tuple[Path, ...], config: Path, stated: str, strict: bool, shape: str, fix: bool, dry: bool) -> None:
    """Print everything that is wrong with the sources, and what is left out and why.

    With FILEs or folders only what is wrong with them; that of a few entries is found without reading all.
    """
    paths = [_below(config.resolve().parent, path) for path in files]
    if fix or dry:
        sys.exit(_mend(config, stated, strict, shape, paths, dry=dry))
    from labfolio.engines.checking import check_all, check_some
    from labfolio.engines.site_folder import open_folder

    with usable(config, shape):
        folder = open_folder(config, os.environ)
        found = check_some(folder, paths, os.environ, stated) if paths else check_all(folder, os.environ, stated)
    print_found(found.diagnostics, found.left_out, shape, found.allowed)
    sys.exit(1 if has_errors(found.diagnostics, strict=strict) else 0)


def _mend(config: Path, stated: str, strict: bool, shape: str, paths: list[str], *, dry: bool) -> int:
    """Writes, or with `dry` shows, what is certain; the exit code of what is left, 1 where a diff is shown."""
    from labfolio.engines.mending import mend, write_mended
    from labfolio.files.destinations import DestinationError
    from labfolio.present.diff import as_diff

    mended = mend(config, os.environ, stated, paths)
    found = mended.found
    if dry and mended.files:
        click.echo(as_diff(mended.files), nl=False)
        click.echo(f"{len(mended.fixed)} would be mended, {len(found.diagnostics)} left", err=True)
        return 1
    try:
        write_mended(config, mended.files)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        return 1
    print_found(found.diagnostics, found.left_out, shape, found.allowed, mended.fixed)
    if not mended.usable:
        return unusable(found.diagnostics, config)
    return 1 if has_errors(found.diagnostics, strict=strict) else 0


def _below(root: Path, path: Path) -> str:
    """A path as it was typed, relative to the site's root."""
    found = os.path.relpath(path.absolute(), root)
    if not os.path.lexists(path) or found.startswith(".."):
        raise click.UsageError(f"there is no {path} in this site")
    return Path(found).as_posix()

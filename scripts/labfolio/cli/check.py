"""`labfolio check`: everything that is wrong with the sources, and the mend of what is certain."""

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import print_found, site_options, unusable, usable
from labfolio.model.diagnostic import has_errors
from labfolio.present import report

if TYPE_CHECKING:
    from labfolio.engines.checking import Found


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@site_options
@click.option("--fix", is_flag=True, help="Mend what can be mended in one way only.")
@click.option("--watch", is_flag=True, help="Go on, and say it anew whenever something changes.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Print what --fix would write, and write nothing.")
def check(
    files: tuple[Path, ...], config: Path, stated: str, strict: bool, shape: str, fix: bool, dry: bool, watch: bool
) -> None:
    """Print everything that is wrong with the sources, and what is left out and why.

    With FILEs or folders only what is wrong with them; that of a few entries is found without reading all.
    """
    paths = [_below(config.absolute().parent, path) for path in files]
    if watch and (fix or dry):
        raise click.UsageError("--watch only tells; run --fix beside it")
    if watch:
        _watch(config, stated, shape, paths)
        return
    if fix or dry:
        sys.exit(_mend(config, stated, strict, shape, paths, dry=dry))
    # It ends before there is anything to collect, and an editor waits for it.
    gc.disable()
    with usable(config, shape):
        found = _found(config, stated, paths)
    print_found(found.diagnostics, found.left_out, shape, found.allowed)
    sys.exit(1 if has_errors(found.diagnostics, strict=strict) else 0)


def _found(config: Path, stated: str, paths: list[str]) -> "Found":
    """What is said of the whole site, or of some files. Raises Unusable."""
    from labfolio.engines.checking import check_all, check_some
    from labfolio.engines.site_folder import open_folder

    folder = open_folder(config, os.environ)
    return check_some(folder, paths, os.environ, stated) if paths else check_all(folder, os.environ, stated)


def _watch(config: Path, stated: str, shape: str, paths: list[str]) -> None:
    """Says what is wrong, and again after each change, between two lines that an editor can tell a round by."""
    from labfolio.engines.checking import Found
    from labfolio.engines.site_folder import Unusable, places, settings_of
    from labfolio.engines.watching import changes

    def tell() -> None:
        click.echo("checking")
        try:
            found = _found(config, stated, paths)
        except Unusable as error:
            found = Found(diagnostics=error.diagnostics)
        print_found(found.diagnostics, (), shape, found.allowed)
        click.echo(f"checked: {report.number_of(found.diagnostics) or report.sum_of(0, 0)}")

    with usable(config, shape):
        settings = settings_of(config, os.environ)
    root, watched = config.absolute().parent, places(config, settings)
    with contextlib.suppress(KeyboardInterrupt), changes(root, lambda: watched) as bursts:
        tell()
        for _ in bursts:
            tell()


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

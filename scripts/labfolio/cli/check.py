"""`labfolio check`: everything that is wrong with the sources, and the mend of what is certain."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, unusable, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@site_options
@click.option("--fix", is_flag=True, help="Mend what can be mended in one way only.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Print what --fix would write, and write nothing.")
def check(config: Path, stated: str, strict: bool, shape: str, fix: bool, dry: bool) -> None:
    """Print everything that is wrong with the sources, and what is left out and why."""
    if fix or dry:
        sys.exit(_mend(config, stated, strict, shape, dry=dry))
    from labfolio.engines.site_folder import open_folder, run

    with usable(config, shape):
        result = run(open_folder(config, os.environ), os.environ, stated, cards=False)
    print_found(result.diagnostics, result.left_out, shape, result.allowed)
    sys.exit(1 if has_errors(result.diagnostics, strict=strict) else 0)


def _mend(config: Path, stated: str, strict: bool, shape: str, *, dry: bool) -> int:
    """Writes, or with `dry` shows, what is certain; the exit code of what is left, 1 where a diff is shown."""
    from labfolio.engines.mending import mend, write_mended
    from labfolio.files.destinations import DestinationError
    from labfolio.present.diff import as_diff

    mended = mend(config, os.environ, stated)
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

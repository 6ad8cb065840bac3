"""`labfolio publish` and `labfolio retire`: the ledger of published URLs."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from labfolio.cli.options import config_option, print_found, refused, site_options, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@site_options
@click.option("--check", "only", is_flag=True, help="Write nothing; exit 1 where the ledger is not current.")
def publish(config: Path, stated: str, strict: bool, shape: str, only: bool) -> None:
    """Write the URLs that are published today into the ledger, and say what is new in it."""
    from labfolio.engines.publishing import publish as write_ledger
    from labfolio.engines.site_folder import open_folder

    with usable(config, shape), _written():
        found = write_ledger(open_folder(config, os.environ), os.environ, stated, strict=strict, only=only)
    if found.text:
        click.echo(found.text)
    if has_errors(found.diagnostics, strict=strict):
        print_found(found.diagnostics, (), shape)
    sys.exit(0 if found.current else 1)


@click.command()
@click.argument("url")
@click.option("--reason", required=True, metavar="TEXT", help="Why; shown to readers.")
@config_option
@click.option("--today", "stated", default="", metavar="DATE", help="The last day; default: today.")
def retire(url: str, reason: str, config: Path, stated: str) -> None:
    """Let a page that was published go: a tombstone with the reason answers its URL."""
    from labfolio.engines.publishing import Refused
    from labfolio.engines.publishing import retire as write_line
    from labfolio.engines.site_folder import open_folder

    try:
        with usable(config), _written():
            line = write_line(open_folder(config, os.environ), url, reason, os.environ, stated)
    except Refused as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    click.echo(line)


@contextlib.contextmanager
def _written() -> Iterator[None]:
    """Ends the command where the ledger could not be written; it is as it was then."""
    try:
        yield
    except OSError as error:
        click.echo(f"labfolio: nothing was written: {refused(error)}", err=True)
        sys.exit(1)

"""`labfolio upgrade` and `labfolio override`: a site's own files beside labfolio's originals."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio import __version__
from labfolio.cli.options import config_option, refused, usable

if TYPE_CHECKING:
    from labfolio.engines.upgrade import Upgrade

_STATES = {
    "newer": "labfolio's is newer, yours is as it was made; --apply replaces it",
    "added": "new in this version; --apply adds it",
    "both": "yours and labfolio's were both changed; compare with --diff, then --keep it",
    "unknown": "differs from labfolio's, and nothing says what it began as; --apply takes note of it",
}


@click.command()
@config_option
@click.option("--check", "only", is_flag=True, help="Write nothing; this is the default.")
@click.option("--apply", "does", is_flag=True, help="Do the safe part: files that nobody changed, and names of fields.")
@click.option("--diff", is_flag=True, help="Show how each file differs from its original.")
@click.option("--keep", "kept", multiple=True, metavar="PATH", help="Settle a file: yours stays as it is.")
def upgrade(config: Path, only: bool, does: bool, diff: bool, kept: tuple[str, ...]) -> None:
    """Say what this version of labfolio changes for the site; exit 1 where something is left to do."""
    from labfolio.engines.site_folder import open_folder
    from labfolio.engines.upgrade import apply, keep
    from labfolio.engines.upgrade import upgrade as compare

    if only and (does or kept):
        raise click.UsageError("--check writes nothing; leave it out, or --apply and --keep")
    with usable(config), _ended():
        folder = open_folder(config, os.environ)
        found = compare(folder)
        for path in kept:
            keep(folder, found, path)
            found = compare(folder)
        for line in _told(found, diff):
            click.echo(line)
        if does:
            for path in apply(folder, found):
                click.echo(f"written: {path}", err=True)
            found = compare(folder)
    left = len(found.files) + len(found.fields)
    after = "left for you" if does else "to do; --apply does what is safe"
    click.echo(f"labfolio {__version__}: {f'{left} {after}' if left else 'this site is current'}", err=True)
    sys.exit(1 if left else 0)


def _told(found: "Upgrade", diff: bool) -> Iterable[str]:
    for one in found.fields:
        yield f"{one.path}:{one.position.line}:{one.position.column}: '{one.old}' is '{one.new}' since {one.since}"
    for file in found.files:
        yield f"{file.path}: {_STATES[file.state]}"
        if diff:
            yield found.compared(file.path)


@click.command()
@click.argument("name", required=False)
@config_option
@click.option("--print", "shown", is_flag=True, help="Print the original; write nothing.")
def override(name: str | None, config: Path, shown: bool) -> None:
    """Copy the theme's file NAME into the site, to be changed there; without a name, list what can be."""
    from labfolio.engines.site_folder import open_folder
    from labfolio.engines.upgrade import original, overridable
    from labfolio.engines.upgrade import override as copy

    with usable(config), _ended():
        folder = open_folder(config, os.environ)
        if name is None:
            for one, path in overridable(folder.settings).items():
                click.echo(f"{one}{'  (yours)' if (folder.root / path).is_file() else ''}")
        elif shown:
            click.echo(original(name))
        else:
            path = copy(folder, name)
            click.echo(path)
            if not path.startswith("theme/fragments/") and not folder.settings.custom_dir:
                click.echo("Add to mkdocs.yml, below theme:  custom_dir: theme/overrides", err=True)


@contextlib.contextmanager
def _ended() -> Iterator[None]:
    """Ends the command with a sentence where it cannot be done."""
    from labfolio.engines.upgrade import Refused

    try:
        yield
    except Refused as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"labfolio: {refused(error)}", err=True)
        sys.exit(1)

"""`labfolio capture` and `labfolio verify`: running an entry, and running it again."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import config_option, usable


@click.command(context_settings={"ignore_unknown_options": True})
@click.option(
    "-C",
    "--entry",
    default=".",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="The entry's folder; default: the one you are in.",
)
@click.option("-o", "--output", default="", metavar="FILE", help="Default: the entry's field 'environment'.")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def capture(entry: Path, output: str, command: tuple[str, ...]) -> None:
    """Run COMMAND in an entry's folder and write down what it ran on; without COMMAND, the entry's own."""
    from labfolio.engines.capture import CaptureError, experiment
    from labfolio.engines.capture import capture as run_captured

    try:
        given = experiment(entry, command, output)
        run_captured(given, os.environ)
    except CaptureError as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    click.echo(os.path.relpath(given.output), err=True)


@click.command()
@click.argument("entries", nargs=-1, metavar="[ENTRY]...")
@config_option
@click.option("--timeout", default=3600.0, show_default=True, help="Seconds that one command may take.")
def verify(entries: tuple[str, ...], config: Path, timeout: float) -> None:
    """Run entries again in a scratch copy and say, claim by claim, whether the verdict holds.

    ENTRY is a slug, an id or a path; without one, every entry with a command and a measured claim is run.
    """
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.engines.verify import chosen
    from labfolio.engines.verify import verify as run_again
    from labfolio.present.verification import told

    with usable(config):
        folder = open_folder(config, os.environ)
        result = run(folder, os.environ, drawn=False)
    wanted, unknown = chosen(result, entries)
    if unknown or not wanted:
        names = ", ".join(unknown)
        raise click.UsageError(
            f"no entry with a command and measured claims: {names}" if names else "no entry can be run again"
        )
    held = True
    for entry in wanted:
        found = run_again(folder, result, entry, timeout)
        held = held and found.holds
        pairs = [(one.published, one.again) for one in found.comparisons]
        click.echo("\n".join(told(result.edition, found.entry, pairs, found.problem)))
    sys.exit(0 if held else 1)

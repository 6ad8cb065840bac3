"""`labfolio log`: a line of the daily log."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import config_option, refused, usable
from labfolio.model.diagnostic import has_errors
from labfolio.present import report


@click.command()
@click.argument("hours")
@config_option
@click.option("--date", default="", metavar="DATE", help="Default: today in the programme's zone.")
@click.option("--activity", default="", help="read, code, experiment, write, course, review or other.")
@click.option("--intensity", default="", help="intense, moderate or passive.")
@click.option("--pillar", default="", help="Default: that of the item.")
@click.option("--item", default="", help="The slug of an entry.")
@click.option("--note", default="", help="For yourself; never published.")
def log(hours: str, config: Path, **columns: str) -> None:
    """Append a line to the daily log: HOURS, such as 1.5, and what they went into."""
    from labfolio.engines.daily_log import log as append
    from labfolio.engines.site_folder import open_folder

    try:
        with usable(config):
            line, found = append(open_folder(config, os.environ), {"hours": hours, **columns}, os.environ)
    except (OSError, ValueError) as error:
        why = refused(error) if isinstance(error, OSError) else error
        click.echo(f"labfolio: nothing was written: {why}", err=True)
        sys.exit(1)
    for one in found:
        click.echo(report.full(one), err=True)
    if has_errors(found):
        sys.exit(1)
    click.echo(line.rstrip("\n"))

"""What several commands share: their options, how faults are printed and how a folder that cannot be used ends them."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.site import LeftOut
from labfolio.model.unseen import one_line
from labfolio.present import report

FORMATS = ("full", "concise", "json", "github")

config_option = click.option(
    "-f",
    "--config",
    default="mkdocs.yml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The site's settings.",
)
format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="How faults are printed.",
)
today_option = click.option(
    "--today",
    "stated",
    default="",
    metavar="DATE",
    help="The day the site is built for; default: SOURCE_DATE_EPOCH, else today.",
)
strict_option = click.option("--strict", is_flag=True, help="Warnings count as errors.")


def site_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options of every command that reads a whole site and judges it."""
    for option in (format_option, strict_option, today_option, config_option):
        command = option(command)
    return command


@contextlib.contextmanager
def usable(config: Path, shape: str = "full") -> Iterator[None]:
    """Ends the command, with the faults printed, where the settings (2) or the sources (1) cannot be used at all."""
    from labfolio.engines.site_folder import Unusable

    try:
        yield
    except Unusable as error:
        print_found(error.diagnostics, (), shape)
        sys.exit(unusable(error.diagnostics, config))


def unusable(diagnostics: tuple[Diagnostic, ...], config: Path) -> int:
    """The exit code where nothing can be read: 2 where the settings are at fault, 1 where other files are."""
    return 2 if any(one.path == config.name for one in diagnostics) else 1


def refused(error: OSError) -> str:
    """What the disk refused, as an author is told: the file and the reason."""
    reason = error.strerror or str(error)
    return f"{os.path.relpath(os.fsdecode(error.filename))}: {reason}" if error.filename else reason


def print_found(
    diagnostics: tuple[Diagnostic, ...],
    left_out: tuple[LeftOut, ...],
    shape: str,
    allowed: tuple[Allowed, ...] = (),
    fixed: tuple[Diagnostic, ...] = (),
) -> None:
    """Faults on standard output in a format; what was mended, left out or allowed and the sum on standard error."""
    for one in fixed:
        click.echo(one_line(f"fixed: {one.place}: {one.rule}"), err=True)
    if shape == "json":
        click.echo(report.as_json(diagnostics, left_out, allowed, fixed))
        return
    line = {"full": report.full, "concise": report.concise, "github": report.github}[shape]
    for diagnostic in diagnostics:
        click.echo(line(diagnostic) + ("\n" if shape == "full" else ""))
    if closing := report.closing(diagnostics, left_out, allowed):
        click.echo(closing, err=True)

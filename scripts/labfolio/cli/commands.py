"""The `labfolio` command. Exit codes: 0 clean, 1 faults found, 2 wrong usage, 3 a fault of labfolio itself."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from labfolio import __version__
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.site import LeftOut
from labfolio.present import report

_FORMATS = ("full", "concise", "json", "github")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="labfolio")
def cli() -> None:
    """A portfolio site for research engineers, from Markdown files and result files."""


@contextlib.contextmanager
def _usable(config: Path, shape: str = "full") -> Iterator[None]:
    """Ends the command, with the faults printed, where the settings or the sources cannot be used at all."""
    from labfolio.engines.site_folder import Unusable

    try:
        yield
    except Unusable as error:
        _print(error.diagnostics, (), shape)
        sys.exit(1 if config.is_file() else 2)


def _options(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option(
            "-f",
            "--config",
            default="mkdocs.yml",
            show_default=True,
            type=click.Path(path_type=Path),
            help="The site's settings.",
        ),
        click.option(
            "--today",
            "stated",
            default="",
            metavar="DATE",
            help="The day the site is built for; default: SOURCE_DATE_EPOCH, else today.",
        ),
        click.option("--strict", is_flag=True, help="Warnings count as errors."),
        click.option(
            "--format",
            "shape",
            type=click.Choice(_FORMATS),
            default="full",
            show_default=True,
            help="How faults are printed.",
        ),
    ):
        command = option(command)
    return command


@cli.command()
@_options
def check(config: Path, stated: str, strict: bool, shape: str) -> None:
    """Print everything that is wrong with the sources, and what is left out and why."""
    from labfolio.engines.site_folder import open_folder, run

    with _usable(config, shape):
        result = run(open_folder(config, os.environ), os.environ, stated, cards=False)
    _print(result.diagnostics, result.left_out, shape)
    sys.exit(1 if has_errors(result.diagnostics, strict=strict) else 0)


@cli.command()
@_options
@click.option("-d", "--site-dir", default="", help="Where to write; default: site_dir of the settings.")
def build(config: Path, stated: str, strict: bool, shape: str, site_dir: str) -> None:
    """Write the site to a folder; the old one stays whole until the new one is."""
    from labfolio.engines.native import write_site
    from labfolio.engines.search_index import with_search
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.files.destinations import DestinationError

    with _usable(config, shape):
        folder = with_search(open_folder(config, os.environ))
        result = run(folder, os.environ, stated)
    _print(result.diagnostics, result.left_out, shape)
    if has_errors(result.diagnostics, strict=strict):
        sys.exit(1)
    target = folder.root / (site_dir or folder.settings.site_dir)
    try:
        number, problem = write_site(folder, result, target)
    except DestinationError as error:
        click.echo(f"labfolio: {error}", err=True)
        sys.exit(1)
    if problem:
        click.echo(f"labfolio: {problem}", err=True)
    click.echo(f"{number} files in {os.path.relpath(target)}", err=True)


@cli.command()
@click.option("-f", "--config", default="mkdocs.yml", type=click.Path(path_type=Path), help="The site's settings.")
@click.option("--today", "stated", default="", metavar="DATE", help="The day; default: SOURCE_DATE_EPOCH, else today.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(config: Path, stated: str, as_json: bool) -> None:
    """Say how far along the programme is, what is next, what is weakest and what is left out."""
    from labfolio.engines.site_folder import look, open_folder
    from labfolio.present.status import as_data, as_text
    from labfolio.survey import edition_of

    with _usable(config):
        folder = open_folder(config, os.environ)
        seen = look(folder, os.environ, stated)
    edition = edition_of(seen, folder.settings, None, {})
    if as_json:
        click.echo(json.dumps(as_data(edition, seen.left_out), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(as_text(edition, seen.left_out)))
    if has_errors(seen.diagnostics):
        click.echo("\nThere are faults: labfolio check names them.", err=True)


@cli.command()
@click.argument("hours")
@click.option("-f", "--config", default="mkdocs.yml", type=click.Path(path_type=Path), help="The site's settings.")
@click.option("--date", default="", metavar="DATE", help="Default: today in the programme's zone.")
@click.option("--activity", default="", help="read, code, experiment, write, course, review or other.")
@click.option("--intensity", default="", help="intense, moderate or passive.")
@click.option("--pillar", default="", help="Default: that of the item.")
@click.option("--item", default="", help="The slug of an entry.")
@click.option("--note", default="", help="For yourself; never published.")
def log(hours: str, config: Path, **columns: str) -> None:
    """Append a line to the daily log."""
    from labfolio.engines.daily_log import log as append
    from labfolio.engines.site_folder import open_folder

    try:
        with _usable(config):
            line, found = append(open_folder(config, os.environ), {"hours": hours, **columns}, os.environ)
    except (OSError, ValueError) as error:
        click.echo(f"labfolio: nothing was written: {error}", err=True)
        sys.exit(1)
    for one in found:
        click.echo(report.full(one), err=True)
    if has_errors(found):
        sys.exit(1)
    click.echo(line.rstrip("\n"))


@cli.command()
@_options
@click.option("--check", "only", is_flag=True, help="Write nothing; exit 1 where the ledger is not current.")
def publish(config: Path, stated: str, strict: bool, shape: str, only: bool) -> None:
    """Write the URLs that are published today into the ledger, and say what is new in it."""
    from labfolio.engines.publishing import publish as write_ledger
    from labfolio.engines.site_folder import open_folder

    with _usable(config, shape), _written():
        found = write_ledger(open_folder(config, os.environ), os.environ, stated, strict=strict, only=only)
    if found.text:
        click.echo(found.text)
    if has_errors(found.diagnostics, strict=strict):
        _print(found.diagnostics, (), shape)
    sys.exit(0 if found.current else 1)


@cli.command()
@click.argument("url")
@click.option("--reason", required=True, metavar="TEXT", help="Why; shown to readers.")
@click.option("-f", "--config", default="mkdocs.yml", type=click.Path(path_type=Path), help="The site's settings.")
@click.option("--today", "stated", default="", metavar="DATE", help="The last day; default: today.")
def retire(url: str, reason: str, config: Path, stated: str) -> None:
    """Let a page that was published go: a tombstone with the reason answers its URL."""
    from labfolio.engines.publishing import Refused
    from labfolio.engines.publishing import retire as write_line
    from labfolio.engines.site_folder import open_folder

    try:
        with _usable(config), _written():
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
        click.echo(f"labfolio: nothing was written: {error}", err=True)
        sys.exit(1)


@cli.command(context_settings={"ignore_unknown_options": True})
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


@cli.command()
@click.argument("entries", nargs=-1, metavar="[ENTRY]...")
@click.option("-f", "--config", default="mkdocs.yml", type=click.Path(path_type=Path), help="The site's settings.")
@click.option("--timeout", default=3600.0, show_default=True, help="Seconds that one command may take.")
def verify(entries: tuple[str, ...], config: Path, timeout: float) -> None:
    """Run entries again in a scratch copy and say, claim by claim, whether the verdict holds."""
    from labfolio.engines.site_folder import open_folder, run
    from labfolio.engines.verify import chosen
    from labfolio.engines.verify import verify as run_again
    from labfolio.present.verification import told

    with _usable(config):
        folder = open_folder(config, os.environ)
        result = run(folder, os.environ, cards=False)
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


@cli.command()
@click.argument("site", default="", metavar="[FOLDER]")
@click.option("-f", "--config", default="mkdocs.yml", type=click.Path(path_type=Path), help="The site's settings.")
def audit(site: str, config: Path) -> None:
    """Look through a built site: dead links, anchors and images, other hosts, feeds and JSON that are none."""
    from labfolio.engines.finished_site import read_site
    from labfolio.engines.site_folder import open_folder
    from labfolio.present.audit import audit as look_through

    with _usable(config):
        folder = open_folder(config, os.environ)
    target = folder.root / (site or folder.settings.site_dir)
    if not (target / "index.html").is_file():
        raise click.UsageError(f"there is no built site in {os.path.relpath(target)}")
    found = look_through(read_site(target), folder.settings.site_url)
    for fault in found:
        click.echo(fault)
    click.echo(f"{len(found)} faults", err=True)
    sys.exit(1 if found else 0)


@cli.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a rule reports, why, and how to mend it; without a rule, list them all."""
    from labfolio.model.rules import RULES

    if rule is None:
        for one in RULES.values():
            click.echo(f"{one.name:22} {one.level:8} {one.what}")
        return
    if rule not in RULES:
        from labfolio.parse.sentences import nearest

        raise click.UsageError(f"there is no rule '{rule}'{nearest(rule, RULES)}")
    one = RULES[rule]
    click.echo(f"{one.name} ({one.level})\n\n{one.what} {one.why}\n\nExample:\n{one.example}\n\nMend: {one.fix}")


def _print(diagnostics: tuple[Diagnostic, ...], left_out: tuple[LeftOut, ...], shape: str) -> None:
    if shape == "json":
        click.echo(report.as_json(diagnostics, left_out))
        return
    line = {"full": report.full, "concise": report.concise, "github": report.github}[shape]
    for diagnostic in diagnostics:
        click.echo(line(diagnostic) + ("\n" if shape == "full" else ""))
    if closing := report.closing(diagnostics, left_out):
        click.echo(closing, err=True)


def main() -> None:
    """Runs the command; a fault of labfolio itself is named as such, without a traceback."""
    try:
        cli()
    except Exception as error:
        if os.environ.get("LABFOLIO_TRACEBACK"):
            raise
        click.echo(
            f"labfolio: {type(error).__name__}: {error}\nThis is a bug in labfolio; nothing was written."
            " Set LABFOLIO_TRACEBACK=1 to see where.",
            err=True,
        )
        sys.exit(3)


if __name__ == "__main__":
    main()

"""`labfolio serve`: the site while it is written, without MkDocs."""

import os
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labfolio.cli.options import config_option, today_option
from labfolio.model.diagnostic import has_errors
from labfolio.model.step import where

if TYPE_CHECKING:
    from labfolio.engines.notices import Told
    from labfolio.engines.server import PreviewServer
    from labfolio.engines.session import Session, Shown


@click.command()
@config_option
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="The host and port to serve at.")
@today_option
@click.option("--no-drafts", is_flag=True, help="Show what a build would publish and no more.")
def serve(config: Path, address: str, stated: str, no_drafts: bool) -> None:
    """Show the site with its drafts, and follow every change of its sources."""
    from labfolio.engines.heap import give_back
    from labfolio.engines.notices import Told
    from labfolio.engines.server import PreviewServer
    from labfolio.engines.session import Session
    from labfolio.engines.watching import changes

    host, port = _host_and_port(address)
    _check(config, stated)
    try:
        server = PreviewServer(host, port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.UsageError(f"cannot serve at {address}: {reason}. Name another place with --address.") from None
    session, told = Session(config, os.environ, stated=stated, drafts=not no_drafts, origin=server.origin), Told()
    try:
        # Watched from before the first build, so that no change is missed.
        early = partial(_show_edited, server, session)
        with changes(config.absolute().parent, session.places, early=early) as bursts:
            _begin(server, session, told)
            give_back()
            for changed in bursts:
                _follow(server, session, told, changed, bursts.begun)
                give_back()
    except KeyboardInterrupt:
        click.echo(err=True)
    finally:
        server.server_close()


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise click.UsageError(f"--address: '{address}' is no HOST:PORT, such as 127.0.0.1:8000")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _check(config: Path, stated: str) -> None:
    """A preview begins with faulty sources, but not with a wrong command."""
    if not config.is_file():
        raise click.UsageError(f"there is no {config}; name the site's settings with --config")
    try:
        date.fromisoformat(stated or "2026-01-01")
    except ValueError:
        raise click.UsageError(f"--today: '{stated}' is no day, such as 2026-12-01") from None


def _begin(server: "PreviewServer", session: "Session", told: "Told") -> None:
    from labfolio.engines.notices import begun

    shown, seconds = _timed(session.build)
    server.show(shown.outputs, session.base_path)
    server.begin()
    fresh, _ = told.news(shown.diagnostics, whole=shown.portfolio is not None)
    address = server.origin + session.base_path
    click.echo(begun(fresh, shown.diagnostics, shown.portfolio, seconds, address), err=True)


def _follow(
    server: "PreviewServer",
    session: "Session",
    told: "Told",
    changed: frozenset[str],
    begun: Callable[[], frozenset[str]] = frozenset,
) -> None:
    """Builds again after a change; pages of texts that are saved while it builds, which `begun` tells, are shown at
    once. What fails in labfolio itself leaves the last site, and the preview, as they are."""
    from labfolio.engines.notices import in_seconds, rebuilt
    from labfolio.present.report import number_of

    since: set[str] = set()

    def between() -> None:
        if names := begun():
            since.update(names)
            _show_edited(server, session, names)

    try:
        shown, seconds = _timed(partial(session.build, between))
    except Exception as error:
        if os.environ.get("LABFOLIO_TRACEBACK"):
            raise
        message = f"{type(error).__name__}{where(error)}: {error}. This is a bug in labfolio; the last good site stays."
        click.echo(f"labfolio: {message} Set LABFOLIO_TRACEBACK=1 to see where.", err=True)
        return
    # What was saved since it was read is newer than what was built.
    server.show((*shown.outputs, *(session.edited(since) if since else ())), session.base_path)
    fresh, mended = told.news(shown.diagnostics, whole=shown.portfolio is not None)
    faulty = has_errors(shown.diagnostics)
    now = number_of(shown.diagnostics) if faulty else in_seconds(seconds)
    click.echo(rebuilt(changed, fresh, mended, now), err=True)


def _show_edited(server: "PreviewServer", session: "Session", changed: frozenset[str]) -> None:
    """The pages of texts that were edited, before the build that follows."""
    if pages := session.edited(changed):
        server.show_before(pages)


def _timed(build: Callable[[], "Shown"]) -> tuple["Shown", float]:
    """What a build gives, and the seconds that it took."""
    began = time.perf_counter()
    return build(), time.perf_counter() - began

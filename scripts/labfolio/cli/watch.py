"""`labfolio check --watch`: all faults again after each change, as an editor's problem matcher reads them."""

import os
from pathlib import Path

import click

from labfolio.model.diagnostic import Diagnostic
from labfolio.model.site import Settings


def watch(config: Path, stated: str) -> None:
    """Prints `checking...`, each fault in one line and `checked: 2 errors, 1 warning`, until Ctrl-C ends it."""
    from labfolio.engines.notices import number_of
    from labfolio.engines.site_folder import places
    from labfolio.engines.watching import changes
    from labfolio.present.report import concise

    settings = Settings(path=config.name, site_name="", site_url="")
    try:
        # What is to be watched may change with the settings, so it is asked for again each time.
        with changes(config.resolve().parent, lambda: places(config, settings)) as bursts:
            while True:
                click.echo("checking...")
                settings, diagnostics = _checked(config, stated, settings)
                for one in diagnostics:
                    click.echo(concise(one))
                click.echo(f"checked: {number_of(diagnostics)}")
                next(bursts)
    except KeyboardInterrupt:
        click.echo(err=True)


def _checked(config: Path, stated: str, last: Settings) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings, the last ones where these cannot be read, and all faults."""
    from labfolio.engines.checking import check_all
    from labfolio.engines.site_folder import Unusable, open_folder, settings_of

    try:
        last = settings_of(config, os.environ)
        return last, check_all(open_folder(config, os.environ), os.environ, stated).diagnostics
    except Unusable as error:
        return last, error.diagnostics

"""`labfolio check`: everything that is wrong with the sources."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import print_found, site_options, usable
from labfolio.model.diagnostic import has_errors


@click.command()
@site_options
def check(config: Path, stated: str, strict: bool, shape: str) -> None:
    """Print everything that is wrong with the sources, and what is left out and why."""
    from labfolio.engines.site_folder import open_folder, run

    with usable(config, shape):
        result = run(open_folder(config, os.environ), os.environ, stated, drawn=False)
    print_found(result.diagnostics, result.left_out, shape)
    sys.exit(1 if has_errors(result.diagnostics, strict=strict) else 0)

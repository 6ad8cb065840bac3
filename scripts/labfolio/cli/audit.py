"""`labfolio audit`: a built site looked through."""

import os
import sys
from pathlib import Path

import click

from labfolio.cli.options import config_option, usable


@click.command()
@click.argument("site", default="", metavar="[FOLDER]")
@config_option
def audit(site: str, config: Path) -> None:
    """Look through a built site: dead links, anchors and images, other hosts, feeds and JSON that are none.

    FOLDER is the site's; without it, site_dir of the settings.
    """
    from labfolio.engines.finished_site import read_site
    from labfolio.engines.site_folder import open_folder
    from labfolio.present.audit import audit as look_through

    with usable(config):
        folder = open_folder(config, os.environ)
    target = folder.root / (site or folder.settings.site_dir)
    if not (target / "index.html").is_file():
        raise click.UsageError(f"there is no built site in {os.path.relpath(target)}")
    found = look_through(read_site(target), folder.settings.site_url)
    for fault in found:
        click.echo(fault)
    click.echo(f"{len(found)} faults", err=True)
    sys.exit(1 if found else 0)

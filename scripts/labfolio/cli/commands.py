"""The `labfolio` command."""

import errno
import os
import sys

import click

from labfolio import __version__
from labfolio.cli.audit import audit
from labfolio.cli.build import build
from labfolio.cli.check import check
from labfolio.cli.explain import explain
from labfolio.cli.export import export
from labfolio.cli.import_ import import_
from labfolio.cli.init import init
from labfolio.cli.log import log
from labfolio.cli.new import new
from labfolio.cli.options import refused
from labfolio.cli.publish import publish, retire
from labfolio.cli.schema import schema
from labfolio.cli.serve import serve
from labfolio.cli.status import status
from labfolio.cli.upgrade import override, upgrade
from labfolio.cli.verify import capture, verify
from labfolio.files.signals import end_in_order
from labfolio.model.step import where
from labfolio.model.unseen import one_line

EXIT_CODES = {
    0: "clean",
    1: "faults were found, or what was asked for is not so",
    2: "wrong usage, or settings that cannot be used",
    3: "a fault of labfolio itself",
}

# What a machine refuses: its disk is full, broken or not to be written, or too much is open. No fault of labfolio's.
_OF_THE_MACHINE = tuple(
    getattr(errno, name)
    for name in ("EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE")
    if hasattr(errno, name)
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"Exit codes: {'; '.join(f'{code}, {meaning}' for code, meaning in EXIT_CODES.items())}.",
)
@click.version_option(__version__, prog_name="labfolio")
def cli() -> None:
    """A portfolio site for research engineers, from Markdown files and result files."""


# In the order in which an author meets them.
for _command in (
    init, new, import_, serve, check, build, export, status, log, capture, verify, publish, retire, audit, explain,
    schema, override, upgrade,
):  # fmt: skip
    cli.add_command(_command)


def main() -> None:
    """Runs the command; a fault of labfolio itself is named as such, without a traceback."""
    # Looking for other people's plug-ins takes longer than reading an entry, and no plug-in of pydantic is of use here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    end_in_order()
    try:
        cli()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
            click.echo(f"labfolio: {refused(error)}", err=True)
            sys.exit(1)
        if os.environ.get("LABFOLIO_TRACEBACK"):
            raise
        message = one_line(f"{type(error).__name__}{where(error)}: {error}")
        click.echo(
            f"labfolio: {message}\nThis is a bug in labfolio; nothing was written. Set LABFOLIO_TRACEBACK=1 to see"
            " where.",
            err=True,
        )
        sys.exit(3)


if __name__ == "__main__":
    main()

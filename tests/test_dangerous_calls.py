"""What turns data into code, a running program or a connection stands where it is named here, with a reason."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.test_layers import FILES, PACKAGE, name_of, nodes

# Modules that labfolio has no use for: what runs what it reads, what parses XML without care, what reaches the network.
NEVER = {
    "asyncio", "code", "dill", "ftplib", "http.client", "httpx", "joblib", "marshal", "pickle", "requests",
    "runpy", "shelve", "smtplib", "ssl", "urllib3", "webbrowser", "xml.dom", "xml.sax.expatreader", "xml.sax.handler",
    "xmlrpc",
}  # fmt: skip
NEVER_CALLED = {
    "__import__", "compile", "eval", "exec", "execfile", "shutil.unpack_archive", "tempfile.mktemp", "yaml.full_load",
    "yaml.load_all", "yaml.unsafe_load", "yaml.unsafe_load_all",
}  # fmt: skip
# Modules that stand in these files alone.
ONLY_IN = {
    # A program is started by a list of arguments; the test below says never through a shell.
    "subprocess": {
        "engines/capture.py": "runs what the author typed after `labfolio capture`",
        "engines/machine.py": "asks Git and the driver of the graphics card",
        "engines/new_site.py": "asks Git for the author's name",
        "engines/search_index.py": "Pagefind over the finished site",
        "engines/verify.py": "runs an entry's own command, for `labfolio verify`",
    },
    "urllib.request": {"engines/arxiv.py": "the record of a paper, when an author asks for it"},
    "http.server": {"engines/server.py": "the preview"},
    "socket": {"engines/server.py": "the preview"},
    "importlib": {
        "engines/program.py": "whether Pagefind is installed, and whether an author's extension is a package",
        "importers/formats.py": "one of labfolio's own readers",
        "markdown/flavour.py": "what mkdocs.yml names by `!!python/name:`; settings are trusted",
    },
}
# Parsers of XML that is not HTML. All but these are lxml's with a parser that resolves and fetches nothing.
OWN_XML = {"markdown/mathml.py": "what math-core wrote"}


def modules(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{one.name}" for one in node.names))


@cache
def calls_in(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    return tuple((ast.unparse(node.func), node) for node in nodes(path) if isinstance(node, ast.Call))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call: the file, what is called, and the call."""
    for path in FILES:
        yield from ((name_of(path), name, call) for name, call in calls_in(path))


def words(call: ast.Call) -> dict[str, str]:
    return {word.arg or "**": ast.unparse(word.value) for word in call.keywords}


def test_nothing_that_is_read_becomes_code() -> None:
    for path in FILES:
        found = [one for one in modules(path) for never in NEVER if one == never or one.startswith(f"{never}.")]
        assert not found, name_of(path)
    for file, name, call in calls():
        assert name not in NEVER_CALLED, (file, name)
        assert not name.startswith(("os.system", "os.popen", "os.exec", "os.spawn", "os.posix_spawn")), (file, name)
        assert "shell" not in words(call), (file, name)


def test_programs_network_and_modules_stand_where_they_are_named() -> None:
    for path in FILES:
        for one in modules(path):
            for module, places in ONLY_IN.items():
                if one == module or (one.startswith(f"{module}.") and not one.startswith("importlib.metadata")):
                    assert name_of(path) in places, one


def test_each_exception_is_still_one() -> None:
    for module, places in ONLY_IN.items():
        for name, reason in places.items():
            assert reason
            assert any(one == module or one.startswith(f"{module}.") for one in modules(PACKAGE / name)), (module, name)


def test_programs_are_started_by_a_list() -> None:
    for file, name, call in calls():
        if name.startswith("subprocess."):
            assert name == "subprocess.run", file
            assert isinstance(call.args[0], ast.List | ast.Name | ast.Attribute), (file, ast.unparse(call.args[0]))


def test_yaml_is_read_by_safe_loaders() -> None:
    for file, name, call in calls():
        if name in ("yaml.load", "yaml.compose", "yaml.parse", "yaml.scan"):
            assert words(call)["Loader"] in ("Loader", "_loader(environment)"), file
    for path in FILES:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and any("Loader" in ast.unparse(base) for base in node.bases):
                bases = [ast.unparse(base) for base in node.bases]
                assert bases in (["yaml.SafeLoader"], ["jinja2.BaseLoader"]), name_of(path)


def test_xml_resolves_and_fetches_nothing() -> None:
    for file, name, call in calls():
        if name.endswith((".fromstring", ".iterparse", "etree.parse", "etree.XML")) and file not in OWN_XML:
            parser = ast.unparse(call.args[1])
            assert parser == "parser" or parser.startswith("etree.XMLParser("), (file, parser)
        if name.endswith("XMLParser"):
            given = words(call)
            assert (given["resolve_entities"], given["no_network"]) == ("False", "True"), file
            assert given.get("huge_tree", "False") == "False", file


def test_images_meet_four_decoders() -> None:
    for file, name, call in calls():
        if name == "Image.open":
            assert words(call)["formats"] == "FORMATS", file

"""Fuzzes one target with Atheris: `python tests/fuzz/run.py TARGET [-runs=N and other options of libFuzzer]`.

The corpus is kept in `.fuzz/TARGET/`, below the folder that one works in; what makes a target raise is written beside
it as `crash-...`. Atheris is no dependency: `pip install atheris==3.0.0` beside labfolio and its test tools.
"""

import hashlib
import logging
import sys
import warnings
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
# The packages whose branches guide the search beside labfolio's own; Atheris takes whole packages.
INSTRUMENTED = {
    **dict.fromkeys(("loader", "yaml", "ledger"), ("yaml",)),
    **dict.fromkeys(("bibtex", "arxiv", "latex"), ("bibtexparser", "pylatexenc")),
    "csl": ("pylatexenc",),
    "markdown": ("markdown", "pymdownx"),
}
_LIMITS = ("-rss_limit_mb=512", "-timeout=10", "-print_final_stats=1")


def main(name: str, options: list[str]) -> None:
    """Runs the target until a finding, or as often as `-runs` says."""
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    warnings.simplefilter("ignore")
    logging.disable()
    with atheris.instrument_imports(include=["labfolio", *INSTRUMENTED.get(name, ())]):
        from tests.fuzz.targets import TARGETS
    if name not in TARGETS:
        sys.exit(f"no target '{name}'; the targets are {', '.join(TARGETS)}")
    target = TARGETS[name]
    folder = Path(".fuzz") / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for sample in target.samples():
        cut = sample[: target.longest]
        (corpus / hashlib.sha256(cut).hexdigest()[:16]).write_bytes(cut)
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in ("\n", *target.words) if word))
    given = [f"-max_len={target.longest}", f"-dict={words}", f"-artifact_prefix={folder}/", *_LIMITS, *options]
    atheris.Setup([sys.argv[0], *given, str(corpus)], target.run)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries have it: bytes that cannot be printed as `\\xAB`."""
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02X}" for b in word.encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

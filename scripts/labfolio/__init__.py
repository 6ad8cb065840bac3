"""labfolio: a portfolio of builds, reproductions and paper notes, made from Markdown files and result files.

`load` gives what stands in one, for a notebook or a script. The names in `__all__` are what a program may rely on, and
CHANGELOG.md tells of each change of them; everything else is how labfolio works within and may change at any time.
"""

# Type checkers take it for true; typing itself is not imported, since every command would wait for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from labfolio.engines.library import load
    from labfolio.model.library import Claim, Diagnostic, Entry, Faults, Pillar, Portfolio, Progress, Target, Value

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Diagnostic",
    "Entry",
    "Faults",
    "Pillar",
    "Portfolio",
    "Progress",
    "Target",
    "Value",
    "__version__",
    "load",
]

if not TYPE_CHECKING:  # which would let a checker take any name for a public one

    def __getattr__(name: str) -> object:
        """A public name, imported when it is asked for."""
        if name not in __all__:
            raise AttributeError(f"module 'labfolio' has no attribute '{name}'")
        from labfolio.engines import library as engine
        from labfolio.model import library

        return getattr(engine if name == "load" else library, name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__

"""Fields that have another name in a newer version; `labfolio upgrade` writes the new one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A field's old and new name.

    `holder` is the name of a kind, `page` or `program`; `path` leads from its fields to the renamed one, with `*` for
    every item of a list: `("claims", "*", "tol")`. `since` is the first version that knows the new name only.
    """

    holder: str
    path: tuple[str, ...]
    new: str
    since: str


# Nothing was renamed since the first version.
RENAMED: tuple[Renamed, ...] = ()

"""What a folder held at a moment, compared without reading it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

FOLDER, LINK = "/", "-> "


class FileState(NamedTuple):
    """What stood at a path.

    `content` is the SHA-256 of a file's bytes, `/` for a folder and `-> place` for a link. The rest tells whether it
    may have been written since: rights, size in bytes, the times of the last change of the bytes and of anything (ns,
    by the clock of the file system), and the inode.
    """

    content: str
    mode: int
    size: int
    modified: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Paths and what stood there, looked at after `moment` (ns, by the clock of the file system)."""

    moment: int
    files: Mapping[str, FileState]

    @property
    def settled(self) -> bool:
        """Whether nothing of it was written at that moment or after: then it was so all the time since."""
        return all(self.vouches_for(path, state) for path, state in self.files.items())

    def vouches_for(self, path: str, state: FileState) -> bool:
        """Whether what stands at a path has the bytes that are known of it, since it was not written again.

        A file that was written in the tick of the clock in which it was looked at may have been written twice; Git
        calls such an entry racy.
        """
        known = self.files.get(path)
        return known is not None and known[1:] == state[1:] and state.modified < self.moment > state.changed

    def same_files(self, other: "Snapshot", *, rights: bool) -> bool:
        """Whether both hold the same names with the same bytes, and with the same rights where those matter."""
        if self.files.keys() != other.files.keys():
            return False
        pairs = ((state, other.files[path]) for path, state in self.files.items())
        return all(
            one is two or (one.content == two.content and (not rights or one.mode == two.mode)) for one, two in pairs
        )

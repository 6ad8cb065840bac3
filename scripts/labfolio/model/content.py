"""The bytes of a file: in memory, or set aside until they are wanted."""

from collections.abc import Callable
from typing import Protocol


class Aside(Protocol):
    """Bytes that lie elsewhere."""

    def read(self) -> bytes:
        """The bytes. Raises OSError where they cannot be had any more."""


Content = bytes | Aside
# Sets bytes aside, or gives them as they are.
SetAside = Callable[[bytes], Content]


def keep(content: bytes) -> Content:
    """Bytes that stay in memory."""
    return content


def bytes_of(content: Content) -> bytes:
    """The bytes, wherever they are. Raises OSError where they cannot be had any more."""
    return content if isinstance(content, bytes) else content.read()

"""What Linux can do and Python has no word for: exchanging two folders in one step, and waiting for one disk."""

import errno
import os
import sys
from pathlib import Path

# From Linux' fcntl.h and fs.h.
_HERE = -100
_EXCHANGE = 2
# What a kernel or a file system answers that does not know the call.
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)


def exchange(one: Path, other: Path) -> bool:
    """Puts two folders in each other's place, so that neither is missing at any moment.

    False where the system or the file system cannot, and nothing was done. Raises OSError.
    """
    return _called("renameat2", other, _HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)


def flush(folder: Path) -> None:
    """Waits until the disk keeps all that was written to a folder's file system. Raises OSError where it does not.

    Flushing each file by itself takes a hundred times as long: 1.4 s for 230 files and 10 s for 2,000, against 0.02 s
    and 0.09 s (ext4). Where there is no such call all disks are flushed, and their errors are not told.
    """
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else -1
    try:
        if not _called("syncfs", folder, handle) and hasattr(os, "sync"):
            os.sync()
    finally:
        if handle >= 0:
            os.close(handle)


def _called(name: str, path: Path, *arguments: int | bytes) -> bool:
    """Calls a function of the C library; False where there is none. Raises OSError with the path."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    if call(*arguments) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in _UNKNOWN:
        return False
    raise OSError(failed, os.strerror(failed), str(path))

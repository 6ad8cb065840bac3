"""Runs a command and writes what it cost to a file: `python -I -S launch.py REPORT COMMAND...`.

A small process of its own, because Linux counts the memory of whoever starts a program to that program.
"""

import json
import os
import sys
import time


def main() -> int:
    """The command's exit code."""
    report, *command = sys.argv[1:]
    begun = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ)
    # Of the child with all descendants that were waited for: times as sums, memory as that of the largest process.
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss / 1024}, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())

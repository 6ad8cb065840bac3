"""Loaded by the process that tests/forked.py forks commands from: one build, so that each begins with what is the same
for all, modules loaded late and templates compiled.
"""

from tests.site import build_files, small_files

build_files(small_files())

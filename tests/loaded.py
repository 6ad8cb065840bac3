"""Everything that a build needs is loaded, and the theme compiled, once this module is: for a process to fork from."""

from tests.site import build_files, small_files

assert build_files(small_files()).outputs

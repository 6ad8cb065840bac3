"""The MkDocs theme `labfolio`: Material's, by a name whose import comes first.

Material prints a page about its own future when `mkdocs` imports it, before any plugin is there to stop that. The
switch is the one that the page itself names; docs/guide/serve.md says what stands on the page.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")

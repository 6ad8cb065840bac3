"""Every link of the built demo leads to a file, and no page loads anything from another host."""

from pathlib import Path

from labfolio.engines.finished_site import read_site
from labfolio.present.audit import audit
from tests.markup.conftest import ADDRESS


def test_every_link_leads_somewhere(site: Path) -> None:
    found = audit(read_site(site), ADDRESS)
    assert not found, "\n".join(found)

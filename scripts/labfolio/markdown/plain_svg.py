"""A drawing without what its editor wrote beside it: metadata, comments, and names of files and folders."""

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from labfolio.markdown.metadata import UnknownContainer, without_metadata

_SVG, _XML = "http://www.w3.org/2000/svg", "http://www.w3.org/XML/1998/namespace"
_DRAWN = frozenset({_SVG, "http://www.w3.org/1999/xlink", _XML})
_EMBEDDED = re.compile(r"\s*data:image/(?:png|jpeg);base64,(.*)", re.DOTALL | re.IGNORECASE)


def plain_svg(data: bytes) -> bytes:
    """The drawing without metadata, comments and whatever is of another namespace, as it was where it has none.

    Images within it lose their metadata too. `image_size` has accepted the file.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    told = [*_told(root)]
    changed = [element for element in root.iter(etree.Element) if _cleaned(element)]
    if not (told or around or changed or root.getroottree().docinfo.internalDTD is not None):
        return data
    for element in told:
        _take_out(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode", with_tail=False).encode() + b"\n"


def _told(root: etree._Element) -> Iterator[etree._Element]:
    """The elements and comments that nothing is drawn from."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield element
            continue
        name = etree.QName(element)
        if element is not root and ((name.namespace or _SVG) not in _DRAWN or name.localname == "metadata"):
            yield element


def _take_out(element: etree._Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _cleaned(element: etree._Element) -> bool:
    """Whether something was told in attributes, which are changed."""
    changed = False
    for key, value in list(element.attrib.items()):
        name = etree.QName(str(key))
        if (name.namespace and name.namespace not in _DRAWN) or name.localname.startswith("data-"):
            del element.attrib[key]
            changed = True
        elif name.localname in ("href", "src") and (match := _EMBEDDED.match(str(value))):
            kind, image = _image(match[1])
            element.set(key, f"data:image/{kind};base64,{base64.b64encode(image).decode()}" if image else "#")
            changed = True
    return changed


def _image(written: str) -> tuple[str, bytes]:
    """The kind and the bytes of an embedded image without metadata; no bytes where it cannot be read."""
    try:
        image = without_metadata(base64.b64decode("".join(written.split()), validate=False))
    except (binascii.Error, ValueError, UnknownContainer):
        return "png", b""
    return "jpeg" if image.startswith(b"\xff\xd8") else "png", image

"""A drawing, kept as a drawing: SVG with everything left out that acts, or that reaches outside.

Imports lxml, `reading.svgstyle` and `reading.svgbounds`. The drawing is copied element by element,
and what is not known here is not copied: new dangers need not be known. Editors' own data, comments and
metadata go without a word, since no reader shows them; the rest is told in `left_out`. Nothing is
fetched, no entity is followed.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from octopub.reading import svgbounds, svgstyle
from octopub.reading.svgstyle import leads_outside, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_HREF = f"{{{XLINK}}}href"
_PREFIXES: dict[Any, str] = {None: SVG, "xlink": XLINK}

# Other namespaces are editors' notes to themselves; these two are shown by browsers.
_SHOWN_ELSEWHERE = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"}

_KEPT = frozenset(
    """
    svg g defs symbol use switch view title desc style
    path rect circle ellipse line polyline polygon text tspan textPath image
    marker pattern clipPath mask linearGradient radialGradient stop filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence
    animate animateColor animateMotion animateTransform mpath set
    """.split()
)
_WORDS_ONLY = {"title", "desc", "style"}
_ANIMATIONS = {"animate", "animateColor", "set"}
_NOTHING_WITHOUT_TARGET = {"image", "use"}
_PAINTS = {"linearGradient", "radialGradient", "pattern"}
_LINK_ONLY = {"target", "download", "ping", "rel", "hreflang", "type", "referrerpolicy"}
_GEOMETRY = {"d", "points", "transform", "gradientTransform", "patternTransform"}

_LOCAL = re.compile(r"url\(\s*([\"']?)#(.*?)\1\s*\)")
_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

_PIXELS = {
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "pt": 96 / 72, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0,
}  # fmt: skip
"""CSS pixels in a unit (CSS Values 3 §6.2); the relative ones for the initial font size."""

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?"
_SMALLEST, _LARGEST = 0.01, 1e6
"""Lengths beyond these draw nothing that could be seen, and make sizes of no use."""


class Size(NamedTuple):
    """Width and height in CSS pixels."""

    width: float
    height: float


_DEFAULT = Size(300, 150)
"""Of a drawing that tells nothing about it (CSS 2.2 §10.3.2)."""


class SvgError(ValueError):
    """No drawing can be made of the bytes; the message says why."""


class NotSvgError(SvgError):
    """The bytes are sound XML, but no drawing."""


def sanitise(data: bytes) -> tuple[bytes, Size, list[str]]:
    """The drawing as the outputs bear it, its size, and what was left out of it ("a script").

    The same drawing gives the same bytes, in UTF-8, with width, height and view box. Raises SvgError.
    """
    original = _parse(data)
    copyist = _Copyist()
    if any("xml-stylesheet" in str(before) for before in original.itersiblings(etree.PI, preceding=True)):
        copyist.left_out.append("a style sheet in a file of its own")
    for entity in list(original.iter(etree.Entity)):
        copyist.left_out.append(f"the entity {entity.text}")
        _remove(entity)
    drawing = copyist.element(original, None)
    assert drawing is not None, "an <svg> is never left out"
    _mend_references(drawing)
    if svgbounds.is_too_much(drawing):
        raise SvgError(f"it paints more than {svgbounds.SHAPES_LIMIT} shapes")
    size = _settle_size(drawing)
    etree.cleanup_namespaces(drawing)
    whole = etree.tostring(drawing, encoding="UTF-8", xml_declaration=True) + b"\n"
    return whole, size, list(dict.fromkeys(copyist.left_out))


def _parse(data: bytes) -> etree._Element:
    if len(data) > svgbounds.BYTES_LIMIT or data.count(b"<") > svgbounds.TAGS_LIMIT:
        raise SvgError(f"it has more than {svgbounds.BYTES_LIMIT} bytes or {svgbounds.TAGS_LIMIT} tags")
    # Without huge_tree libxml2 bounds depth and entities in attributes, which no option turns off.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SvgError(error.msg or "it is no XML") from None
    namespace, name = _split(root.tag)
    if name != "svg" or namespace not in {SVG, ""}:
        raise NotSvgError(f"its root element is <{name}>")
    styles = (value for element in root.iter(etree.Element) for value in (*element.attrib.values(), element.text or ""))
    if any(svgbounds.nests_too_deep(str(style)) for style in styles):
        raise SvgError(f"its styles have more than {svgbounds.BRACKETS_LIMIT} brackets within one another")
    return root


class _Copyist:
    """Copies what is known and harmless, and remembers what else there was."""

    def __init__(self) -> None:
        self.left_out: list[str] = []

    def element(self, original: etree._Element, parent: etree._Element | None) -> etree._Element | None:
        """The copy, in its place already; None if the element is left out with all that it holds."""
        name = self._name(original)
        attributes = self._attributes(original) if name else {}
        if name is None or self._is_pointless(name, original, attributes):
            return None
        tag = f"{{{SVG}}}{name}"
        if parent is None:
            copy = etree.Element(tag, attributes, nsmap=_PREFIXES)
        else:
            copy = etree.SubElement(parent, tag, attributes)
        if name in _WORDS_ONLY:
            words = "".join(map(str, original.itertext()))
            copy.text = (svgstyle.sheet(words, self.left_out) if name == "style" else words) or None
        else:
            self._content(original, copy)
        return copy

    def _name(self, original: etree._Element) -> str | None:
        """The copy's name. A link becomes a group: what it holds is part of the drawing."""
        tag: object = original.tag
        if not isinstance(tag, str):
            return None
        namespace, name = _split(tag)
        if namespace not in {SVG, ""}:
            if namespace in _SHOWN_ELSEWHERE:
                self.left_out.append(f"a <{name}> that is no part of SVG")
            return None
        if name == "a":
            self.left_out.append("a link")
            return "tspan" if any(_split(each.tag)[1] == "text" for each in original.iterancestors()) else "g"
        if name in _KEPT:
            return name
        if name != "metadata":
            self.left_out.append("a script" if name == "script" else f"a <{name}>")
        return None

    def _attributes(self, original: etree._Element) -> dict[str, str]:
        """Those that draw. `href` takes its older name, which every reading system knows."""
        kept = {}
        for qualified, value in _attributes(original):
            namespace, name = _split(qualified)
            if name == "href" and namespace in {XLINK, ""}:
                if _split(original.tag)[1] == "a":
                    continue  # the link is gone already
                if leads_outside(value):
                    self.left_out.append(reference(value))
                elif not namespace or _HREF not in kept:
                    kept[_HREF] = "".join(value.split())
            elif not namespace and name.lower().startswith("on"):
                self.left_out.append(f"an event handler ({name})")
            elif not namespace and name not in _LINK_ONLY and ":" not in name:
                kept[name] = value if name in _GEOMETRY else svgstyle.value(value, self.left_out)
            elif namespace == XML and name in {"lang", "space"}:
                kept[qualified] = value
        return kept

    def _is_pointless(self, name: str, original: etree._Element, attributes: dict[str, str]) -> bool:
        """Whether nothing is left of what the element is for."""
        if name in _ANIMATIONS:
            animated = attributes.get("attributeName", "").rpartition(":")[2].strip().lower()
            if animated == "href" or animated.startswith("on"):
                self.left_out.append(f"an animation of “{animated}”")
                return True
        if name == "style":
            return original.get("type", "text/css").strip().lower() not in {"", "text/css"}
        return name in _NOTHING_WITHOUT_TARGET and _HREF not in attributes

    def _content(self, original: etree._Element, copy: etree._Element) -> None:
        copy.text = original.text or None  # an empty text is written otherwise than none
        before: etree._Element | None = None
        for child in original:
            placed = self.element(child, copy)
            if placed is not None:
                placed.tail = child.tail
                before = placed
            elif before is not None:
                before.tail = (before.tail or "") + (child.tail or "")
            else:
                copy.text = ((copy.text or "") + (child.tail or "")) or None


def _split(name: str) -> tuple[str, str]:
    """A qualified name's namespace (empty if it has none) and local part."""
    namespace, _, local = name.rpartition("}")
    return namespace.removeprefix("{"), local


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def _mend_references(drawing: etree._Element) -> None:
    """Make each id a name that stands once, and each reference lead to one: EPUB checkers insist."""
    names, paints = _settle_names(drawing)
    for element in drawing.iter():
        for name, value in _attributes(element):
            if name == _HREF and value.startswith("#"):
                element.set(name, f"#{names.get(unquote(value[1:]), value[1:])}")
            elif "url(" in value:
                element.set(name, _local(value, paints if name in {"fill", "stroke"} else names))
        if _split(element.tag)[1] == "style":
            element.text = _local(element.text or "", names) or None
    # What refers to nothing goes, and then perhaps something refers to that.
    while dangling := list(_dangling(drawing)):
        for element in dangling:
            if _split(element.tag)[1] in _NOTHING_WITHOUT_TARGET:
                _remove(element)
            else:
                del element.attrib[_HREF]


def _dangling(drawing: etree._Element) -> Iterator[etree._Element]:
    ids = {element.get("id") for element in drawing.iter()}
    for element in drawing.iter():
        target = element.get(_HREF, "")
        if target.startswith("#") and target[1:] not in ids:
            yield element


def _local(style: str, names: dict[str, str]) -> str:
    """A value with the names that its references have now; one that leads to nothing becomes `none`."""
    mended = _LOCAL.sub(lambda found: f"url(#{names[found[2]]})" if found[2] in names else "none", style)
    # What stands behind a paint's address is what paints if it leads to nothing (SVG 2 §13.2).
    return mended.removeprefix("none ") if mended != style else style


def _settle_names(drawing: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    """The name that each id has from now on, and of these the ones that can fill a shape. Of several
    elements with one id the first keeps it."""
    ids = {str(element.get("id", "")).strip(): None for element in drawing.iter()}
    spare = (name for number in count(1) if (name := f"id-{number}") not in ids)
    names = {old: old if _XML_NAME.fullmatch(old) else next(spare) for old in ids if old}
    holders: dict[str, str] = {}
    for element in drawing.iterfind(".//*[@id]"):
        old = str(element.get("id")).strip()
        if old in names and old not in holders:
            holders[old] = _split(element.tag)[1]
            element.set("id", names[old])
        else:
            del element.attrib["id"]
    return names, {old: names[old] for old, holder in holders.items() if holder in _PAINTS}


def _remove(element: etree._Element) -> None:
    """Take an element out, and leave the words behind it where they are."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None, "what goes stands in the drawing"
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = ((parent.text or "") + (element.tail or "")) or None
    parent.remove(element)


def _settle_size(drawing: etree._Element) -> Size:
    """Write width, height and view box out, whichever of them the drawing has."""
    width, height = _length(drawing.get("width", "")), _length(drawing.get("height", ""))
    box = _view_box(drawing.get("viewBox", ""))
    if box:
        ratio = float(box[2]) / float(box[3])
        if width is None and height is None:
            width = float(box[2])
        width = width or (height or 0) * ratio
        height = height or width / ratio
    else:
        width, height = width or _DEFAULT.width, height or _DEFAULT.height
        box = ("0", "0", _number(width), _number(height))
    drawing.set("width", _number(width))
    drawing.set("height", _number(height))
    drawing.set("viewBox", " ".join(box))
    return Size(float(_number(width)), float(_number(height)))


def _length(written: str) -> float | None:
    """A length in CSS pixels; None for a percentage, or what draws nothing."""
    found = re.fullmatch(rf"\s*({_NUMBER})([a-z]*)\s*", written, re.IGNORECASE)
    unit = _PIXELS.get(found[2].lower()) if found else None
    length = float(found[1]) * unit if found and unit else 0.0
    return length if _SMALLEST <= length <= _LARGEST else None


def _view_box(written: str) -> tuple[str, ...] | None:
    """Its four numbers as they are written; None if they span nothing."""
    numbers = tuple(re.split(r"[\s,]+", written.strip()))
    if len(numbers) != 4 or not all(re.fullmatch(_NUMBER, number, re.IGNORECASE) for number in numbers):
        return None
    return numbers if all(_SMALLEST <= float(number) <= _LARGEST for number in numbers[2:]) else None


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")

"""The printed cover: its front and its back, as leaves of their own or side by side on one sheet.

Imports `markup.scribe`. What the front and the spine show are pictures, made elsewhere; the back is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.markup.scribe import Scribe

if TYPE_CHECKING:
    from octopub.markup.scribe import Element, Setting, Stream


@dataclass(frozen=True, slots=True)
class Faces:
    """What stands on a cover. Pictures are named as `src` names them."""

    front: str
    title: str
    """What the front says, for those who do not see it."""
    spine: str | None = None
    blurb: str | None = None
    """What is said of the book; an empty line parts paragraphs."""
    code: str | None = None
    address: str | None = None
    """What the code says."""
    house: str | None = None


def leaves(setting: Setting, faces: Faces, streams: list[Stream], style: str = "") -> list[Element]:
    """Front and back, each on a page of its own. `style` is a class for the back's text."""
    return [_front(setting, faces, streams), _back(setting, faces, streams, style)]


def wrapper(setting: Setting, faces: Faces, streams: list[Stream], style: str = "") -> list[Element]:
    """Back, spine and front side by side, with their backs on a second page. (The front stands first here, since it
    is what is read first.)"""
    scribe = Scribe(setting, streams)
    with scribe.element("div", {"class": "cover-sheet"}) as outside:
        outside.append(_front(setting, faces, streams))
        if faces.spine:
            spine = Scribe(setting, streams)
            with spine.element("div", {"class": "cover-spine"}) as strip:
                spine.add("img", {"src": faces.spine, "alt": ""})
            outside.append(strip)
        outside.append(_back(setting, faces, streams, style))
    with scribe.element("div", {"class": "cover-sheet"}) as inside:
        pass
    return [outside, inside]


def _front(setting: Setting, faces: Faces, streams: list[Stream]) -> Element:
    scribe = Scribe(setting, streams)
    with scribe.element("section", {"class": "cover cover-front"}) as front:
        scribe.add("img", {"src": faces.front, "alt": faces.title})
    return front


def _back(setting: Setting, faces: Faces, streams: list[Stream], style: str) -> Element:
    scribe = Scribe(setting, streams)
    with scribe.element("section", {"class": f"cover cover-back {style}".strip()}) as back:
        with scribe.element("div", {"class": "cover-blurb"}):
            for paragraph in re.split(r"\n\s*\n", faces.blurb or ""):
                _line(scribe, None, paragraph.strip())
        with scribe.element("div", {"class": "cover-foot"}):
            if faces.code:
                with scribe.element("div", {"class": "cover-code"}):
                    label = setting.words.qr_code.format(address=faces.address)
                    scribe.add("img", {"src": faces.code, "alt": label})
            if faces.address:
                with (
                    scribe.block("p", {"class": "cover-address"}),
                    scribe.element("a", {"href": faces.address}),
                ):
                    scribe.text(faces.address)
            _line(scribe, "cover-house", faces.house)
    return back


def _line(scribe: Scribe, css_class: str | None, text: str | None) -> None:
    if text:
        with scribe.block("p", {"class": css_class}):
            scribe.text(text)

"""Colours for a printing condition: what the pages are painted with is meant as a profile says.

Imports `standards` and pikepdf. Greys are shades of black ink already (`canvas`).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from octopub.standards import profiles
from octopub.standards.marking import intend
from octopub.standards.table import Matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.standards.profiles import Profile
    from octopub.standards.table import Claims

CMYK = b"/DeviceCMYK"


def profile_of(claims: Claims, own: bytes | None) -> Profile | None:
    """The profile of the output intent: the printer's own, or one of octopub's; None where there is to be no intent.
    Raises ValueError, with a reason that a user can read, for one that does not do."""
    if not claims.demand(Matter.OUTPUT_INTENT):
        return None
    needs_printer = claims.demand(Matter.PRINTER_PROFILE)
    if own is None:
        return profiles.black_ink() if needs_printer else profiles.screen()
    profile = profiles.examined(own)
    if needs_printer and profile.kind != "prtr":
        raise ValueError(f"{claims.label} needs a printer's profile, and “{profile.name}” is a screen's")
    return profile


def settle(pdf: pikepdf.Pdf, claims: Claims, profile: Profile | None) -> None:
    """Give the file its output intent, and RGB colours a profile of their own where the intent is not theirs."""
    if claims.forbid(Matter.INTERPOLATION):
        for image in _images(pdf):
            image.Interpolate = False
    if profile is None:
        return
    intend(pdf, claims, profile)
    if claims.forbid(Matter.BARE_RGB) or profile.space != "RGB":
        _tag_rgb(pdf)


def has_cmyk(forme: bytes) -> bool:
    """Whether anything in a forme's file is painted in CMYK."""
    with pikepdf.open(io.BytesIO(forme)) as pdf:
        streams = [stream for stream in pdf.objects if isinstance(stream, Stream)]
        painting = [*filter(_is_content, streams), *(part for page in pdf.pages for part in _contents(page.obj))]
        return any(stream.get("/ColorSpace") == Name.DeviceCMYK for stream in streams) or any(
            CMYK in stream.read_bytes() for stream in painting
        )


def _is_content(stream: Any) -> bool:
    """Whether it paints: a form, or a pattern."""
    return bool(stream.get("/Subtype") == Name.Form or "/PatternType" in stream)


def _contents(page: Any) -> Iterator[Any]:
    contents = page.get("/Contents", ())
    yield from contents if isinstance(contents, Array) else (contents,)


def _images(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (each for each in pdf.objects if isinstance(each, Stream) and each.get("/Subtype") == Name.Image)


def _tag_rgb(pdf: pikepdf.Pdf) -> None:
    """Make every RGB colour one of sRGB, which is what CSS and most pictures mean (CSS Color 4 §10.2): pictures,
    gradients and groups by name, what is painted by operators through the default space of its resources
    (ISO 32000-1 §8.6.5.6)."""
    screen = profiles.screen()
    stream = pdf.make_indirect(pdf.make_stream(screen.content, N=screen.channels))
    space = pdf.make_indirect(Array([Name.ICCBased, stream]))
    holders: list[Any] = [each for each in pdf.objects if isinstance(each, Dictionary | Stream)]
    for each in holders:
        _tag(each, space)
        _tag(each.get("/Group"), space)
        _give_default(each.get("/Resources"), space)
    for page in pdf.pages:
        _give_default(page.obj.get("/Resources"), space)


def _tag(holder: Any, space: Any) -> None:
    for key in ("/ColorSpace", "/CS"):
        if isinstance(holder, Dictionary | Stream) and holder.get(key) == Name.DeviceRGB:
            holder[key] = space


def _give_default(resources: Any, space: Any) -> None:
    if not isinstance(resources, Dictionary):
        return
    if "/ColorSpace" not in resources:
        resources.ColorSpace = Dictionary()
    resources.ColorSpace.DefaultRGB = space
    for shading in dict(resources.get("/Shading", {})).values():
        _tag(shading, space)

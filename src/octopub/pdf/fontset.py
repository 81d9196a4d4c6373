"""The faces that WeasyPrint may use: those of the book, and none of the machine's.

Imports WeasyPrint and `pdf.forme` (this is the module to import before any other of WeasyPrint's: it keeps
its warning about the machine's fonts quiet, which are no concern of ours). Takes part in no layout.

WeasyPrint asks Pango for faces, Pango asks fontconfig, and fontconfig lists the machine's fonts according
to files and environment variables of the machine. `FontSet` hands Pango a fontconfig configuration that
was never loaded from anywhere: it holds the files that we write, and the rules that we write, no more. In
particular it has no rule that would slant or embolden a face artificially; and the families stand in one
order, whatever the language of text or machine.

Pango before 1.51 applies the rules of the process's current configuration nevertheless
(`_pango_ft2_font_map_default_substitute` passes NULL), and so would load the machine's. Therefore ours is
the current one while a `FontSet` is in force; there can be one at a time, and other threads wait.
"""

from __future__ import annotations

import ctypes.util
import os
import sys
import warnings
from contextlib import contextmanager
from threading import RLock, get_ident
from typing import TYPE_CHECKING, Any, Self
from xml.etree.ElementTree import Element, SubElement, tostring

from octopub.diagnostics import MachineError
from octopub.scratch import Scratch


@contextmanager
def _no_search() -> Iterator[None]:
    """WeasyPrint tries each library under the names of several systems; for each that Linux does not know, `ctypes`
    would start compilers and linkers to search for it: fifty processes, a quarter of a second."""
    search, us = ctypes.util.find_library, get_ident()
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None if get_ident() == us else search(name)
    try:
        yield
    finally:
        ctypes.util.find_library = search


with warnings.catch_warnings(), _no_search():
    # Importing WeasyPrint looks once for the machine's fonts, and warns where there are none.
    warnings.filterwarnings("ignore", message=r".*Expect ugly output", category=UserWarning)
    from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
    from weasyprint.text.fonts import FontConfiguration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from octopub.pdf.forme import FaceFile

# What WeasyPrint's own declarations lack (fontconfig.h).
ffi.cdef("""
    FcConfig * FcConfigCreate (void);
    FcBool FcConfigSetCurrent (FcConfig *config);
    void FcConfigSetSysRoot (FcConfig *config, const FcChar8 *sysroot);
""")

# fontconfig counts weights by a scale of its own (fontconfig.h, FC_WEIGHT_…); OpenType's between.
_WEIGHTS = {100: 0, 200: 40, 300: 50, 350: 55, 400: 80, 500: 100, 600: 180, 700: 200, 800: 205, 900: 210}


class _Turn:
    """Whose faces are the process's: one thread's at a time, and of that the innermost."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.configs: list[Any] = []


_turn = _Turn()


class FontSet(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """A font configuration of these faces alone, to give to WeasyPrint as `font_config`.

    A context manager: the faces lie as files in a temporary folder until it ends. Whatever is laid out
    with it has to be written before, and both be done while it is in force. Faces that stylesheets bring
    (`@font-face`) work as ever.
    """

    def __init__(self, faces: Iterable[FaceFile], code: str | None = None) -> None:
        """The faces in the order in which their families are asked for a character, the text face first.
        `code` is the family that CSS's `monospace` means; all other names
        that no face bears mean the text face.

        Raises `MachineError` if fontconfig refuses a file.
        """
        # As in FontConfiguration.__init__, which would load the machine's configuration.
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}
        self._scratch = Scratch()
        self._folder: Path | None = self._scratch.path
        files = _written(faces, self._folder)
        self._config = fontconfig.FcConfigCreate()
        # Not even $FONTCONFIG_SYSROOT.
        fontconfig.FcConfigSetSysRoot(self._config, ffi.NULL)
        if not fontconfig.FcConfigParseAndLoadFromMemory(self._config, _rules(files, code), True):
            raise MachineError("fontconfig does not take octopub's rules: is it older than 2.12?")
        for path in files:
            if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path)):
                raise MachineError(f"fontconfig cannot read the face {path.name} in {path.parent}")
        # Making a font map sets off a thread that loads the machine's if there is none.
        with self.in_force():
            self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
            pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        # The font map holds it now.
        fontconfig.FcConfigDestroy(self._config)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Meanwhile these faces are the process's, and this thread alone uses Pango by way of octopub."""
        with _turn.lock:
            _turn.configs.append(self._config)
            fontconfig.FcConfigSetCurrent(self._config)
            try:
                yield
            finally:
                _turn.configs.pop()
                # Without one, fontconfig loads the machine's again when somebody asks for it.
                fontconfig.FcConfigSetCurrent(_turn.configs[-1] if _turn.configs else ffi.NULL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the files. (If this is forgotten, they go with the object.)"""
        if self._folder is not None:
            self._scratch.close()
            self._folder = None


def _written(faces: Iterable[FaceFile], folder: Path) -> dict[Path, FaceFile]:
    """The faces as files in the folder, in order. Raises OSError, with the file's name."""
    files = {}
    for number, face in enumerate(faces):
        path = folder / f"{number:02}.ttf"
        try:
            path.write_bytes(face.content)
        except OSError as error:
            error.filename = str(path)  # which it has not where a disk is full
            raise
        files[path] = face
    return files


def _rules(files: dict[Path, FaceFile], code: str | None) -> bytes:
    """The rules: what each file is, and in which order families are asked."""
    root = Element("fontconfig")
    for path, face in files.items():
        _describe(root, path, face)
    if code:
        alias = SubElement(root, "alias", binding="same")
        SubElement(alias, "family").text = "monospace"
        SubElement(SubElement(alias, "prefer"), "family").text = code
    # Behind what a stylesheet names stand all families, in our order. Bound strongly, they count more
    # than the language of text and machine, by which fontconfig would choose among them otherwise.
    match = SubElement(root, "match", target="pattern")
    order = SubElement(match, "edit", name="family", mode="append_last", binding="strong")
    for name in dict.fromkeys(face.family for face in files.values()):
        SubElement(order, "string").text = name
    return b'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">' + tostring(root)


def _describe(root: Element, path: Path, face: FaceFile) -> None:
    """What fontconfig has to think of a file: our names and numbers, not those it finds in its tables (a
    bold instance of a variable font still calls itself Regular there)."""
    match = SubElement(root, "match", target="scan")
    test = SubElement(match, "test", name="file", compare="eq")
    SubElement(test, "string").text = path.as_posix()
    described: tuple[tuple[str, str, str], ...] = (
        ("family", "string", face.family),
        ("familylang", "string", "en"),
        ("style", "string", f"{face.style} {face.weight}"),
        ("stylelang", "string", "en"),
        ("weight", "int", str(_weight(face.weight))),
        ("slant", "const", "italic" if face.style == "italic" else "roman"),
        ("width", "const", "normal"),
    )
    for name, kind, value in described:
        edit = SubElement(match, "edit", name=name, mode="assign_replace")
        SubElement(edit, kind).text = value


def _weight(weight: int) -> int:
    """An OpenType weight on fontconfig's scale: the nearest of its steps."""
    return _WEIGHTS[min(_WEIGHTS, key=lambda step: abs(step - weight))]

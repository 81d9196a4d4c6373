"""What a style says of its type, told to Pango once and not for each line.

Imports WeasyPrint's text layout, whose `Layout.setup` it replaces: there a Pango context and a description of the
face are made for every piece of every line that is tried, drawn or measured, a sixth of the time of a build; and
the lists of font features are never given back. What is made is kept with the style.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from weasyprint.text import fonts, line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

from octopub.pdf.fontset import FontSet
from octopub.pdf.release import digest

SOURCES = line_break, fonts
KNOWN = "782ea6b9a7c9609582ccd2f932ba2e953bb675e1e1efca31f0d2a86e22622f08"
"""The digest of these modules, which the mend leans on."""

FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip

_whole_setup = line_break.Layout.setup


class _Type(NamedTuple):
    """What a style says of its type."""

    context: Any
    language: Any
    description: Any
    features: bytes
    """OpenType's, as Pango reads them."""


def install() -> None:
    """Put the mend in, for octopub's documents, if it fits the WeasyPrint that is installed."""
    if digest(*SOURCES) == KNOWN:
        line_break.Layout.setup = _setup


def _setup(self: Any, style: Any) -> None:
    """Make a Pango layout for text of a style. (Lines drawn through or under text, and languages that the
    style names otherwise than the text, are WeasyPrint's own to care for.)"""
    is_ours = isinstance(style.font_config, FontSet) and style["lang"]
    if not is_ours or style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        _whole_setup(self, style)
        return
    kept = vars(style)
    if "octopub_type" not in kept:
        kept["octopub_type"] = _type(style)
    made: _Type = kept["octopub_type"]
    self.style = style
    self.first_line_direction = 0
    self.ascent = self.underline_position = self.strikethrough_position = None
    self.language = made.language
    self.layout = ffi.gc(pango.pango_layout_new(made.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, made.description)
    if made.features:
        # A list of its own: the spaces of this one line go into it.
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(made.features))
        pango.pango_layout_set_attributes(self.layout, attributes)
        pango.pango_attr_list_unref(attributes)


def _type(style: Any) -> _Type:
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _ = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    features = fonts.font_features(*(style[each] for each in FEATURES))
    return _Type(
        context,
        language,
        fonts.get_font_description(style),
        ",".join(f"{key} {value}" for key, value in features.items()).encode(),
    )

"""Computed styles, each computed once: what an element looks like hangs on its parent's looks and on the rules that
match it, and there are few such pairs in a book.

Imports WeasyPrint. It shares the styles of elements already, but not of those with an anchor of their own (a note,
its call, its number), of what stands in them, of pseudo-elements, or of pages: all these are made anew each time, and
in a book with notes that is a tenth of the layout's time.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import ComputedStyle, StyleFor

ANCHOR = "anchor"


class _Twin(ComputedStyle):  # type: ignore[misc]  # it comes without types
    """The style of an element with an anchor of its own: for the rest, that of one without."""

    def __init__(self, style: ComputedStyle, cascaded: dict[str, Any]) -> None:
        super().__init__(
            style.parent_style, cascaded, style.pseudo_type, style.root_style, style.base_url, style.font_config,
            style.initial_page_sizes,
        )  # fmt: skip
        self.twin = style
        self.specified = style.specified

    def copy(self) -> _Twin:
        """A copy, as WeasyPrint's; a twin of the same."""
        made = _Twin(self.twin, self.cascaded)
        made.update(self)
        return made

    def __missing__(self, key: str) -> Any:
        value = super().__missing__(key) if key == ANCHOR else self.twin[key]
        self[key] = value
        return value


class Shared(StyleFor):  # type: ignore[misc]  # it comes without types
    """Computed styles of a document, shared wherever they are the same."""

    def __init__(self, *arguments: Any) -> None:
        self._known: dict[Any, ComputedStyle] = {}
        super().__init__(*arguments)

    def set_computed_styles(
        self,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,
    ) -> None:
        """Find or compute the style of an element, pseudo-element or page."""
        slot = element, pseudo_type
        cascaded = self._cascaded_styles.get(slot, {})
        above = self._computed_styles[parent, None] if parent is not None else None
        rules = tuple(
            (name, id(value), precedence, layer, *specificity)
            for name, (value, (precedence, layer, specificity)) in cascaded.items()
            if name != ANCHOR
        )
        key = id(getattr(above, "twin", above)), pseudo_type, rules
        if key not in self._known:
            own = cascaded.pop(ANCHOR, None)
            super().set_computed_styles(element, parent, root, pseudo_type, base_url)
            self._known[key] = self._computed_styles[slot]
            if own is not None:
                self._known[key].cascaded = dict(cascaded)
                cascaded[ANCHOR] = own
        style = self._known[key]
        self._computed_styles[slot] = _Twin(style, cascaded) if ANCHOR in cascaded else style
        if target_collector and (anchor := self._computed_styles[slot][ANCHOR]):
            target_collector.collect_anchor(anchor)

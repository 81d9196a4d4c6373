"""The workshop: what the page shows, and how it follows the manuscript.

Imports the attempts and the pictures. It keeps the last good pages and the last good e-book, whatever
becomes of the text; orders that come while one is at work become one.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from octopub.desk.browser.attempt import Attempt, Order, attempt, bound, edited, get_ready
from octopub.desk.browser.hand import Hand
from octopub.desk.browser.pictures import Gallery
from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.browser.places import Spot
    from octopub.desk.browser.shelf import Shelf
    from octopub.diagnostics import Diagnostic
    from octopub.pdf.room import Means


class Workshop:
    """A manuscript's pages and e-book, as of its last state that could be made. To be used in one event loop."""

    def __init__(self, order: Order | None, means: Means) -> None:
        self.order = order
        self.working = False
        self.last = Attempt()
        """The last attempt, be it good or not."""
        self.findings: tuple[Diagnostic, ...] = ()
        """What there is to complain of: errors as soon as they are met, the rest when the copy editor has read."""
        self.good: Attempt | None = None
        """The last one with pages."""
        self.shelf: Shelf | None = None
        """The last e-book."""
        self.number = 0
        """Counts what was shown."""
        self.moved: Spot | None = None
        """Where the last good attempt differs from the one before."""
        self.gallery = Gallery()
        self.setting = Hand("setting")
        """Who has the room: nothing of WeasyPrint is to be touched by others."""
        self._means = means
        self._made_with: Order | None = None
        self._wanted = asyncio.Event()
        self._watchers: set[asyncio.Event] = set()

    # -- being told -----------------------------------------------------------------------------

    def want(self, order: Order | None = None) -> None:
        """The manuscript has changed; or another, or another making, is wanted."""
        if order is not None:
            if self.order is None or order.manuscript != self.order.manuscript:
                self.last, self.findings, self.good, self.shelf, self.moved = Attempt(), (), None, None, None
            self.order = order
        self._wanted.set()

    @contextmanager
    def watching(self) -> Iterator[asyncio.Event]:
        """An event that is set at the start, and whenever there is something new to see."""
        news = asyncio.Event()
        news.set()
        self._watchers.add(news)
        try:
            yield news
        finally:
            self._watchers.discard(news)

    @property
    def watchers(self) -> int:
        """How many are watching."""
        return len(self._watchers)

    # -- working --------------------------------------------------------------------------------

    async def work(self) -> None:
        """Make what is wanted, for ever."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if self.order is None:
                continue
            order = self.order
            self._show(working=True)
            try:
                done = await self.setting.do(partial(attempt, order, self._means_for(order)))
            except Exception as error:  # noqa: BLE001  # a defect is no reason to lose the pages that are shown
                done = Attempt(problem=_defect(error))
            if order is not self.order:
                continue
            self._take(order, done)
            self._show(working=True)
            # Whoever types on sees the pages first, and the e-book and the copy editor's marks when the hand rests.
            if not self._wanted.is_set():
                await self._bind(done)
                await self._mark(order, done)
                await self.setting.do(get_ready)
            self._show(working=self._wanted.is_set())

    def _means_for(self, order: Order) -> Means:
        """Where only the text is another, one chapter is: that is soonest set here, where all is ready."""
        return self._means._replace(workers=1) if order == self._made_with else self._means

    def _take(self, order: Order, done: Attempt) -> None:
        before, self.last = self.good, done
        if done.problem:
            self.findings = done.diagnostics
        if done.printed is None:
            return
        self.good, self._made_with = done, order
        self.gallery.hang("pages", done.printed.content, done.printed.digests)
        earlier = before.loaded.book if before and before.loaded else None
        self.moved = done.printed.places.changed_from(earlier.source.text) if earlier else None

    async def _bind(self, done: Attempt) -> None:
        try:
            shelf = await self.setting.do(partial(bound, done))
        except (MachineError, OSError) as error:  # an image has gone since, or is another
            self.last = replace(done, problem=str(error))
        except Exception as error:  # noqa: BLE001  # as above
            self.last = replace(done, problem=_defect(error))
        else:
            self.shelf = shelf or self.shelf

    async def _mark(self, order: Order, done: Attempt) -> None:
        try:
            found = await self.setting.do(partial(edited, done))
        except Exception as error:  # noqa: BLE001  # as above
            self.last = replace(done, problem=_defect(error))
        else:
            self.findings = found if order is self.order else self.findings

    def _show(self, *, working: bool) -> None:
        self.working = working
        self.number += 1
        for news in self._watchers:
            news.set()


def _defect(error: Exception) -> str:
    return f"octopub failed over this text ({type(error).__name__}: {error})"

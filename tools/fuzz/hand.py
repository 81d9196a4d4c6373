"""The hand that writes what is made up: it chooses, and slips now and then.

It draws from any `random.Random`: a plain one where many are wanted, Hypothesis's own where a test wants the smallest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Hand:
    """Chooses between what is right; `slips` is how likely it takes what is wrong instead, from 0 to 1."""

    def __init__(self, random: Random, slips: float) -> None:
        self.random = random
        self.slips = slips

    def one(self, right: Sequence[Thing], wrong: Sequence[Thing] = ()) -> Thing:
        """One of these."""
        return self.random.choice(wrong if wrong and self.chance(self.slips) else right)

    def chance(self, share: float) -> bool:
        """Whether it happens, in so many cases of one."""
        return self.random.random() < share

    def several(self, write: Callable[[], Thing], least: int, most: int) -> list[Thing]:
        """So many of what is written."""
        return [write() for _ in range(self.random.randint(least, most))]

    def characters(self, most: int) -> str:
        """Any characters at all: of every plane and category, those of the first ones most often."""
        limits = (0x80, 0x250, 0x3000, 0x10000, 0x110000)
        return "".join(self._character(self.random.choice(limits)) for _ in range(self.random.randint(1, most)))

    def _character(self, limit: int) -> str:
        number = self.random.randrange(limit)
        is_forbidden = number < 32 or 0x7F <= number < 0xA0 or 0xD800 <= number < 0xE000 or number & 0xFFFE == 0xFFFE
        return "\n" if number == 10 else chr(number) if not is_forbidden or self.chance(self.slips) else " "

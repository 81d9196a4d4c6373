"""The compositor sets type: from a job to its forme, in whatever process it is asked to.

Imports WeasyPrint, through all that lays out, paints and reads what came of it. A forme is a function of job and
equipment alone; what a compositor set before makes no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.pdf.engine import Engine  # before all else of WeasyPrint's: it keeps its import quiet

# isort: split
from octopub.pdf.boxes import page_box
from octopub.pdf.drawing import Drawing
from octopub.pdf.forme import Forme, packed
from octopub.pdf.harvest import Harvest
from octopub.pdf.lines.hyphens import forget
from octopub.pdf.sink import sink

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from octopub.pdf.forme import Equipment, Job

class Compositor:
    """Sets jobs with one equipment, one after the other. A context manager. In one process one compositor sets at a
    time: those of other threads wait."""

    def __init__(self, equipment: Equipment) -> None:
        self._equipment = equipment
        self._engine = Engine(equipment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()

    def set(self, job: Job) -> bytes:
        """The job's forme, packed."""
        with self._engine.at_work():
            root, document = self._engine.lay_out(job)
            sink(document)
            forget()
            harvest = Harvest(job.letters)
            drawing = Drawing(root, document, self._equipment, job.name)
            return packed(
                Forme(
                    pages=tuple(map(harvest.page, document.pages)),
                    names=tuple(page_box(page).page_type.name for page in document.pages),
                    pdf=drawing.written(),
                    types=tuple(drawing.types()),
                    slots=tuple(drawing.slots),
                    stamps=tuple(drawing.stamps),
                    bookmarks=tuple(drawing.bookmarks),
                )
            )

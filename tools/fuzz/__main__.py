"""`python -m tools.fuzz [TARGET…] [--count N | --seconds N]`, or `python -m tools.fuzz FILE…`.

Targets are `reading`, `front-matter`, `importing`, `imposing`, `drawings` and `styles`; without any, all of them. The
cases of a seed are always the same, and numbered: a run of twice as many has those of the shorter one. A file is tried
as it is, and so is each file of a folder and each example of a specification. What breaks something is written to
`build/fuzz/`, as small as it was found, with the way to try it again. The status is 1 if anything broke.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from tests.tools import ROOT
from tools.fuzz.corpus import ENDINGS, examples
from tools.fuzz.trials import TARGETS, Case, Failure, Plan, Tally, attempt, project
from tools.fuzz.workers import run

OUT = ROOT / "build/fuzz"


def tell(failure: Failure) -> None:
    """Write a failure's case to a file, and say what broke and how to see it again."""
    OUT.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(failure.key.encode()).hexdigest()[:10]
    path = OUT / f"{digest}.{failure.case.kind}"
    path.write_bytes(failure.case.data)
    options = " --pdf 1" * failure.case.printed + " --epubcheck 1" * failure.case.checked
    again = f"again: python -m tools.fuzz {path.relative_to(ROOT)}{options}"
    print(f"\n{failure.key}\n{failure.told}\n{again}\n", flush=True)


def fuzz(plan: Plan, jobs: int, last: int, seconds: float) -> Tally:
    """Try a target's cases, so many or so long."""
    whole, begun, said = Tally(), time.time(), 0.0
    for tally in run(plan, jobs, last, begun + seconds, tell):
        whole.add(tally)
        if time.time() - said > 60:
            said = time.time()
            print(f"{plan.target}, seed {plan.seed}: {whole} in {said - begun:.0f} s", flush=True)
    print(f"{plan.target}, seed {plan.seed}: {whole} in {time.time() - begun:.0f} s", flush=True)
    return whole


def try_files(paths: list[Path], arguments: argparse.Namespace) -> Tally:
    """Try files as they are, in this process: each that breaks something is told of."""
    tally = Tally()
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    files = [file for file in files if file.is_file()]
    with project() as folder:
        for file in files:
            kind = arguments.kind or ENDINGS.get(file.suffix.lstrip(".").lower(), "md")
            for number, data in enumerate(examples(file) if kind in ("md", "txt") else [file.read_bytes()], 1):
                case = Case(kind, data, bool(arguments.epubcheck), bool(arguments.pdf))
                found = attempt(case, folder)
                tally.enter(case, found)
                if isinstance(found, Failure):
                    print(f"{file}, example {number}: {found.key}\n{found.told}", flush=True)
    print(f"{len(files)} files: {tally}")
    return tally


def main(given: list[str] | None = None) -> int:
    """Run what is asked for."""
    _, _, about = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=about)
    parser.add_argument("what", nargs="*", metavar="TARGET|FILE", help=f"{', '.join(TARGETS)}, or files and folders")
    parser.add_argument("--count", type=int, default=sys.maxsize, help="how many cases of each target")
    parser.add_argument("--seconds", type=float, default=0, help="how long for each target; 60 without --count")
    parser.add_argument("--seed", type=int, default=0, help="which cases")
    parser.add_argument("--jobs", type=int, default=1, help="in so many processes")
    parser.add_argument("--epubcheck", type=int, default=0, metavar="N", help="EPUBCheck looks at one in N")
    parser.add_argument("--pdf", type=int, default=0, metavar="N", help="one in N is printed as well")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="a folder of more to be mutated")
    parser.add_argument("--kind", help="take files for this kind: md, txt, html, docx, odt, epub, pdf, svg, css")
    arguments = parser.parse_args(given)
    files = [Path(each) for each in arguments.what if each not in TARGETS]
    if files:
        return bool(try_files(files, arguments).broken)
    seconds = arguments.seconds or (60 if arguments.count == sys.maxsize else float("inf"))
    whole = Tally()
    for target in arguments.what or TARGETS:
        plan = Plan(target, arguments.seed, tuple(arguments.corpus), arguments.epubcheck, arguments.pdf)
        whole.add(fuzz(plan, arguments.jobs, arguments.count, seconds))
    return bool(whole.broken)


if __name__ == "__main__":
    sys.exit(main())

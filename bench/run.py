"""``make bench``: the product beside the floor, in one run on one machine. ``--help`` says what can be chosen."""

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.figures import FIGURES, Result, table
from bench.ground import QUICK, ROOT, Ground, Sizes
from bench.register import Register
from bench.values import Values
from bench.web import Web
from bench.work import Work

WEB = {code for code in FIGURES if code.startswith(("W", "B")) and not code.startswith(("W11", "W13"))}
APART = {"S": Register, "V": Values}


def chosen_codes(only: str) -> set[str]:
    """The figures of ``W1,W11,P``: a code takes its sub-figures along, a letter its whole chapter."""
    if not only:
        return set(FIGURES)
    wanted = [part.strip() for part in only.split(",")]
    return {
        code for code in FIGURES for part in wanted if code == part or code.rstrip("lmnprfd") == part or part == code[0]
    }


def measured(ground: Ground, codes: set[str]) -> list[Result]:
    """All results, each told as it comes."""
    results = []

    def keep(result: Result) -> None:
        results.append(result)
        print(f"{result.code:5} {result.verdict:9} {result.ours} | {result.floor}  {result.note}", flush=True)

    if codes & WEB:
        for result in Web(ground, codes.__contains__).figures():
            keep(result)
    for chapter, figures_of in APART.items():
        if any(code.startswith(chapter) for code in codes):
            for result in figures_of(ground, codes.__contains__).figures():
                keep(result)
    if work := {code for code in codes - WEB if code[0] not in APART}:
        for result in Work(ground, work.__contains__).figures():
            keep(result)
    order = list(FIGURES)
    return sorted(results, key=lambda result: order.index(result.code))


def main() -> int:
    """0 when every gate that could be measured is held, 1 when one is missed or a measurement failed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look: minutes")
    parser.add_argument("--only", default="", metavar="W1,J3", help="only these figures")
    parser.add_argument("--data-dir", type=Path, default=Path(os.environ.get("DATA_DIR") or ROOT / ".data" / "bench"))
    options = parser.parse_args()
    started = time.monotonic()
    data_dir = options.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    codes = chosen_codes(options.only)
    if not codes:
        parser.error(f"--only takes some of {', '.join(FIGURES)}")
    ground = Ground(data_dir, QUICK if options.quick else Sizes())
    load = os.getloadavg()[0]
    try:
        if any(code[0] not in APART for code in codes):
            ground.prepare()
        results = measured(ground, codes)
    finally:
        ground.stop()
    print(f"\n{table(results)}\n")
    print(f"{psutil.cpu_count()} processors, load {load:.1f} at the start, {time.monotonic() - started:.0f} s", end="")
    print("; provisional: small sizes" if options.quick else "")
    facts = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": options.quick,
        "machine": {"processors": psutil.cpu_count(), "python": platform.python_version(), "load": load},
        "figures": [result.as_json() for result in results],
    }
    (data_dir / "bench.json").write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if any(result.is_bad for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Run the benchmarks and write their results: ``python -m benchmarks [NAME ...]``."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from benchmarks import bisects, capture, check, configured_runs, image, lattice, locks, scans, syncs, trials

RESULTS = Path(__file__).parent / "results"
REPORTS: Mapping[str, Callable[[Path], str]] = {
    "capture": capture.report,
    "check": check.report,
    "lock": locks.report,
    "sync": syncs.report,
    "lattice": lattice.report,
    "trials": trials.report,
    "bisect": bisects.report,
    "run": configured_runs.report,
    "scan": scans.report,
    "image": partial(image.report, is_full=True),
}
ON_REQUEST = frozenset({"image"})
"""What takes root, a container engine and a registry, and is measured only when it is named."""


def main() -> None:
    """Measure each in a directory that is removed afterwards; print and keep what it says."""
    RESULTS.mkdir(exist_ok=True)
    for name in sys.argv[1:] or [each for each in REPORTS if each not in ON_REQUEST]:
        with tempfile.TemporaryDirectory(prefix="samestack-bench-") as directory:
            text = REPORTS[name](Path(directory))
        (RESULTS / f"{name}.md").write_text(text)
        print(text)


if __name__ == "__main__":
    main()

"""Run the benchmarks and write their results: ``python -m benchmarks``."""

import tempfile
from pathlib import Path

from benchmarks import capture

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure in a directory that is removed afterwards; print, and keep under ``benchmarks/results``."""
    with tempfile.TemporaryDirectory(prefix="samestack-bench-") as directory:
        text = capture.report(Path(directory))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "capture.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()

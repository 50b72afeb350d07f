import pytest

from samestack.check.rules.accelerator.gpu_code import Coverage, coverage, lowest

MACHINE, PTX, NONE = Coverage.MACHINE_CODE, Coverage.PTX, Coverage.NONE


@pytest.mark.parametrize(
    ("names", "capability", "expected"),
    [
        (("sm_90",), (9, 0), MACHINE),
        (("sm_80",), (8, 6), MACHINE),
        (("sm_86",), (8, 0), NONE),
        (("sm_86",), (8, 9), MACHINE),
        (("sm_80", "sm_86"), (9, 0), NONE),
        (("sm_80", "compute_80"), (9, 0), PTX),
        (("sm_90", "compute_90"), (8, 0), NONE),
        (("sm_90a",), (9, 0), MACHINE),
        (("sm_100a",), (10, 3), NONE),
        (("sm_100f",), (10, 3), MACHINE),
        (("sm_100f",), (12, 0), NONE),
        (("compute_90a",), (10, 0), NONE),
        (("compute_120f",), (12, 1), PTX),
        (("sm_120",), (12, 1), MACHINE),
        ((), (8, 0), NONE),
        (("gfx90a", "sm_", "sm_x0"), (9, 0), NONE),
    ],
)
def test_what_runs_where(names: tuple[str, ...], capability: tuple[int, int], expected: Coverage) -> None:
    assert coverage(names, capability) is expected


def test_the_oldest_gpu() -> None:
    assert lowest(("sm_90", "sm_75", "compute_120")) == (7, 5)
    assert lowest(()) is None

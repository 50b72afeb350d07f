from msgspec.structs import replace

from samestack.check.rules.accelerator.onnxruntime_pair import RULE
from tests.check.subjects import package, python, subject

PLANTED = (subject(python(), package("onnxruntime", "1.18.1"), package("onnxruntime-gpu", "1.18.1")),)
HEALTHY = (
    subject(
        python(),
        replace(package("onnxruntime", "1.18.1"), marker="sys_platform == 'darwin'"),
        replace(package("onnxruntime-gpu", "1.18.1"), marker="sys_platform == 'linux'"),
    ),
    subject(  # as in a lock that names no Python
        replace(package("onnxruntime", "1.18.1"), marker="sys_platform == 'darwin'"),
        package("onnxruntime-gpu", "1.18.1"),
    ),
    subject(python(), package("onnxruntime", "1.18.1")),
    subject(python(), package("onnxruntime-gpu", "1.18.1")),
)


def test_the_remedy_leaves_the_one_that_does_both() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.subject == "onnxruntime-gpu"
    assert finding.command == (
        "pip uninstall -y onnxruntime onnxruntime-gpu && pip install onnxruntime-gpu==1.18.1"
    )


def test_what_a_lock_holds_for_other_platforms_is_not_there() -> None:
    for asked in HEALTHY:
        assert not list(RULE.examine(asked))
    marked = replace(package("onnxruntime", "1.18.1"), marker="sys_platform == 'linux'")
    assert list(RULE.examine(subject(python(), marked, package("onnxruntime-gpu", "1.18.1"))))

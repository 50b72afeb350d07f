"""The conflict of the issue, on the configured package index as it is today."""

import pytest

from samestack.solve.explain import explain
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.problem import Problem, Target, Wish
from samestack.solve.uv.uv_oracle import UvOracle

pytestmark = pytest.mark.registry

WISHES = tuple(
    Wish(text=text) for text in ("tensorflow==2.15.0", "numpy>=2.1", "requests==2.31.0", "urllib3==1.20")
)


def test_every_conflict_is_found_and_each_relaxation_holds() -> None:
    target = Target(python="3.11", platform="x86_64-manylinux_2_28")
    with UvOracle(target) as oracle:
        found = explain(Problem(wishes=WISHES, target=target), oracle, IndexMetadata(oracle.settings, target))
        assert found.is_complete
        said = {frozenset(wish.text for wish in one.wishes): one.sentence for one in found.conflicts}
        assert said.pop(frozenset({"tensorflow==2.15.0", "numpy>=2.1"})) == (
            "tensorflow 2.15.0 asks for numpy<2.0.0,>=1.23.5, but you ask for numpy>=2.1."
        )
        assert said.pop(frozenset({"requests==2.31.0", "urllib3==1.20"})) == (
            "requests 2.31.0 asks for urllib3<3,>=1.21.1, but you ask for urllib3==1.20."
        )
        # TensorFlow comes with TensorBoard, and that with requests.
        assert list(said) == [frozenset({"tensorflow==2.15.0", "urllib3==1.20"})]
        replaced = [{edit.wish.text: edit.replacement for edit in one.edits} for one in found.relaxations]
        assert {"numpy>=2.1": "numpy>=1.26.4", "urllib3==1.20": "urllib3==1.21.1"} in replaced
        assert {"tensorflow==2.15.0": "tensorflow==2.19.0", "urllib3==1.20": "urllib3==1.21.1"} in replaced
        for edits in replaced:
            texts = [edits.get(wish.text, wish.text) for wish in WISHES]
            assert oracle.solve([Wish(text=text) for text in texts if text]).is_met
        assert found.solves <= 45

"""Between two solvers: what the index's packages demand of those that conda brings, said to conda.

conda decides first and does not know what will be put on top. Where uv then finds nothing that fits, the
index is asked what it would choose if it were alone; what that demands of conda's packages, conda is told.
"""

from collections.abc import Iterator, Mapping, Sequence

from samestack.lock.conda.stand_ins import Provided
from samestack.solve.conda.conda_syntax import specification_text
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.problem import Target, Wish
from samestack.solve.uv.uv_oracle import UvOracle
from samestack.solve.wanted import Wanted, wanted


def demands_on_conda(
    wishes: Sequence[Wish], target: Target, provided: Mapping[str, Provided]
) -> tuple[str, ...]:
    """Match specifications for what conda brings; none where the index alone cannot meet the wishes."""
    with UvOracle(target) as oracle:
        answer = oracle.solve(wishes)
        metadata = IndexMetadata(oracle.settings, target)
        said = (
            [*(wish.text for wish in wishes), *_required(answer.solution, metadata)] if answer.is_met else []
        )
    asked = (wanted(text) for text in said)
    return tuple(
        dict.fromkeys(
            specification_text(f"{provided[one.key].conda_name} {one.specifier}")
            for one in asked
            if one is not None and one.key in provided and one.specifier and _applies(one, metadata)
        )
    )


def _required(pins: Sequence[str], metadata: IndexMetadata) -> Iterator[str]:
    for pin in pins:
        name, equals, version = pin.partition("==")
        if equals:
            yield from metadata.requires(name.partition("[")[0], version) or ()


def _applies(one: Wanted, metadata: IndexMetadata) -> bool:
    return not one.marker or metadata.applies(one.marker, frozenset())

"""Values of the model, of every shape that the types allow, for property tests."""

from typing import TypeVar

from hypothesis import strategies as st

from samestack.model import (
    Component,
    Composition,
    Configuration,
    Ecosystem,
    Host,
    Layer,
    Origin,
    Remark,
    Snapshot,
    Stack,
    Standing,
)

C = TypeVar("C", bound=Composition)

# JSON carries every text but lone surrogates.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.sampled_from(["numpy", "opencv-python", "pytorch", "torch", "python", "libjpeg62"]) | texts
versions = st.sampled_from(["1.0", "1.0.0", "2.0.1+cu118", "1.26.4", "2023.1", "not a version"]) | texts
values = st.one_of(texts, st.booleans(), st.integers(-(2**53), 2**53), st.lists(texts, max_size=3).map(tuple))
mappings = st.dictionaries(texts, values, max_size=3)


def components(layers: tuple[Layer, ...] = tuple(Layer)) -> st.SearchStrategy[Component]:
    """Components of the given layers; few names, so that two environments share some."""
    return st.builds(
        Component,
        layer=st.sampled_from(layers),
        ecosystem=st.sampled_from(Ecosystem),
        name=names,
        at=st.sampled_from(["", "usr", "opt/venv"]),
        version=st.none() | versions,
        requirement=st.none() | st.sampled_from([">=1", "==1.*", ">=1,<2", "=1.26"]) | texts,
        marker=st.none() | st.sampled_from(["python_version < '3.9'", "sys_platform == 'win32'"]) | texts,
        build=st.none() | texts,
        content=st.none() | st.sampled_from(["sha256:aa", "sha256:bb"]),
        source=st.none() | texts,
        facts=mappings,
        circumstances=mappings,
    )


def compositions(kind: type[C]) -> st.SearchStrategy[C]:
    """Compositions of one kind; things may be there several times, as in broken environments."""
    return st.lists(components(kind.layers), max_size=8).map(kind.of)


origins = st.builds(
    Origin,
    reference=texts,
    kind=texts,
    standing=st.sampled_from(Standing),
    captured_at=texts,
    captured_by=texts,
    complete=st.lists(st.sampled_from(Layer), max_size=4, unique=True).map(tuple),
    machine=texts,
    deep=st.booleans(),
)
remarks = st.builds(
    Remark, code=texts, layer=st.sampled_from(Layer), subject=texts, message=texts, place=texts
)
snapshots = st.builds(
    Snapshot,
    origin=origins,
    stack=compositions(Stack),
    host=compositions(Host),
    configuration=compositions(Configuration),
    remarks=st.lists(remarks, max_size=3).map(tuple),
)

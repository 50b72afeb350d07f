"""Whether a bill of materials, whoever wrote it, lists what is in the image."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from samestack.capture.readers.bills.cyclonedx import read
from samestack.errors import InputError
from samestack.files import write_file
from samestack.model import Component

_SHOWN: Final = 20
_Key: TypeAlias = tuple[str, str, str]


def bill_problems(stated: bytes, expected: bytes) -> tuple[str, ...]:
    """What a bill says otherwise than the one that is made of the image now, in a sentence each.

    Both are read alike: what no package URL identifies is compared in neither.
    :class:`~samestack.errors.InputError` for what is no bill.
    """
    return _cut(tuple(_differences(_listed(stated), _listed(expected))))


def _differences(bill: Mapping[_Key, Component], image: Mapping[_Key, Component]) -> Iterator[str]:
    for key in sorted(image.keys() - bill.keys()):
        yield f"{image[key].label} is in the image and not in the bill"
    for key in sorted(bill.keys() - image.keys()):
        yield f"{bill[key].label} is in the bill and not in the image"
    for key in sorted(bill.keys() & image.keys()):
        if _contradict(_hashes(bill[key]), _hashes(image[key])):
            yield f"{image[key].label} is of another file than the bill says"


def _listed(data: bytes) -> Mapping[_Key, Component]:
    with tempfile.TemporaryDirectory(prefix="samestack-bill-") as directory:
        path = Path(directory, "bill.json")
        write_file(data, path)
        try:
            found = read(path).components
        except InputError as error:
            raise InputError("the attached bill", error.message.removeprefix(f"{path}: ")) from None
    return {(one.ecosystem.value, one.name, one.version or ""): one for one in found}


def _hashes(component: Component) -> frozenset[str]:
    stated = component.facts.get("hashes", ())
    return frozenset(stated) if isinstance(stated, tuple) else frozenset()


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both state hashes of one kind, and none is the same."""
    kinds = {text.partition(":")[0] for text in one} & {text.partition(":")[0] for text in other}
    return bool(kinds) and not one & other


def _cut(problems: tuple[str, ...]) -> tuple[str, ...]:
    more = len(problems) - _SHOWN
    return (*problems[:_SHOWN], f"and {more} more") if more > 0 else problems

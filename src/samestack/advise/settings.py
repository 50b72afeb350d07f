"""What a project says of how it wants to be advised: ``[tool.samestack.advise]``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from samestack.advise.matrix import checked_weights
from samestack.capture.documents import load_toml
from samestack.errors import InputError, RequestError

_FILE: Final = "pyproject.toml"
_PLACE: Final = "tool.samestack.advise"


class _Settings(Struct, frozen=True, forbid_unknown_fields=True):
    weights: Mapping[str, float] = field(default_factory=dict)


def weights_of(directory: Path) -> Mapping[str, float]:
    """The weights that a project gives to rows of the matrix; :class:`InputError` for what is none."""
    path = directory / _FILE
    if not path.is_file():
        return {}
    table = _table(load_toml(path, dict[str, Any]))
    try:
        return checked_weights(msgspec.convert(table, _Settings).weights, f"{path}: {_PLACE}.weights")
    except msgspec.ValidationError as error:
        raise InputError(str(path), str(error), place=_PLACE) from None


def stated_weights(texts: tuple[str, ...]) -> Mapping[str, float]:
    """The weights of a command line, each ``ROW=NUMBER``."""
    return checked_weights(dict(map(_stated, texts)), "--weight")


def _table(document: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever stands there is checked afterwards
    found: Any = document
    for key in ("tool", "samestack", "advise"):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found


def _stated(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise RequestError(
            f"--weight: '{text}' is no weight", hint="write it like --weight cluster=2"
        ) from None

"""What a component lists: a fact or a circumstance that is several texts."""

from collections.abc import Mapping

from samestack.model import Value


def texts(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    """A list of texts among facts or circumstances; empty where it is not there, or is something else."""
    value = values.get(name, ())
    return value if isinstance(value, tuple) else ()

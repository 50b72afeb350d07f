"""The variables that an image gives to every program in it."""

from collections.abc import Mapping

from samestack.oci.documents import Execution


def variables_of(execution: Execution) -> Mapping[str, str]:
    """By name. They may hold secrets: a probe of known names decides what is kept of them."""
    pairs = (text.partition("=") for text in execution.env)
    return {name: value for name, equals, value in pairs if equals}

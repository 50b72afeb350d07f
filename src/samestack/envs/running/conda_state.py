"""``conda-meta/state``: what conda keeps of an environment beside its packages."""

from collections.abc import Mapping

from msgspec import Struct, field


class CondaState(Struct, frozen=True):
    """The part of the file that a command needs; the rest is passed over."""

    env_vars: Mapping[str, str] = field(default_factory=dict)
    """What ``conda env config vars set`` has set."""

"""Which way into a cluster is wanted: what the user, the pod or the project says of it."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field


class Way(Struct, frozen=True, kw_only=True):
    """What decides which cluster is asked, and as whom. Its representation shows no variable's value."""

    variables: Mapping[str, str] = field(default_factory=dict)
    """Those of this process: ``KUBECONFIG``, ``HOME``, and a pod's own stand in them."""
    context: str = ""
    """The kubeconfig's context; empty for the current one."""
    kubeconfig: Path | None = None
    """The file that a project's settings name, whose authors may be strangers; none for the user's own."""

    def __repr__(self) -> str:
        return f"Way({self.context}, {self.kubeconfig})"

"""What stands after ``kubernetes:``: a workload, one of its containers, and the cluster that it runs in."""

import re
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError

EXAMPLE: Final = "kubernetes:helpdesk/helpdesk-agent or kubernetes:helpdesk/deployment/helpdesk-agent/agent"
KINDS: Final = {"deployment": "Deployment", "statefulset": "StatefulSet", "daemonset": "DaemonSet"}
"""The kinds of workload, as a reference and as Kubernetes names them."""
_NAMESPACE: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_CONTEXT: Final = re.compile(r"[!-~]{1,253}")
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


class Address(Struct, frozen=True, kw_only=True):
    """A workload of a cluster that the user's kubeconfig names."""

    namespace: str
    kind: str
    """One of :data:`KINDS`."""
    name: str
    container: str = ""
    """Empty for the only one, or the one that is to be meant."""
    context: str = ""
    """Of the kubeconfig: which cluster, and as whom; empty for the current one."""

    def __str__(self) -> str:
        container = f"/{self.container}" if self.container else ""
        context = f"@{self.context}" if self.context else ""
        return f"kubernetes:{self.namespace}/{self.kind}/{self.name}{container}{context}"

    @property
    def word(self) -> str:
        """As Kubernetes writes its kind: ``Deployment``."""
        return KINDS[self.kind]


def address(locator: str) -> Address:
    """Read ``NAMESPACE/NAME`` or ``NAMESPACE/KIND/NAME[/CONTAINER]``, and ``@CONTEXT`` after it.

    A context may have slashes, colons and more of that sign in its name. :class:`RequestError` for others.
    """
    workload, at, context = locator.partition("@")
    parts = workload.split("/")
    if len(parts) == 2:
        parts.insert(1, "deployment")
    namespace, kind, name, container = (*parts, "")[:4] if len(parts) in {3, 4} else ("", "", "", "")
    if kind and kind not in KINDS:
        message = f"'kubernetes:{locator}': there is no kind '{kind}'"
        raise RequestError(message, hint=f"one of {', '.join(KINDS)}")
    is_name = _NAMESPACE.fullmatch(namespace) and _NAME.fullmatch(name)
    if (
        not is_name
        or (at and not _CONTEXT.fullmatch(context))
        or (len(parts) == 4 and not _NAMESPACE.fullmatch(container))
    ):
        raise RequestError(f"'kubernetes:{locator}' names no workload", hint=f"for example {EXAMPLE}")
    return Address(namespace=namespace, kind=kind, name=name, container=container, context=context)

"""What whoever builds a Dockerfile has to know and cannot read in it."""

from collections.abc import Iterator

from samestack.image.dockerfile.application import Copied
from samestack.image.dockerfile.choices import Request
from samestack.image.dockerfile.page import Page
from samestack.image.settings import PLACE

_NAMED = 3


def notes(request: Request, page: Page, copying: Copied) -> Iterator[str]:
    """A sentence each."""
    if not (page.entrypoint or page.command):
        yield f"nothing says what a container runs, so it is what the base runs: set {PLACE}.command"
    if not page.are_versions_known:
        yield "the lock does not decide the versions of the operating system's packages"
    if copying.secrets:
        more = f" and {len(copying.secrets) - _NAMED} more" if len(copying.secrets) > _NAMED else ""
        named = ", ".join(copying.secrets[:_NAMED])
        yield f"left out, since they are named as secrets are: {named}{more}"
    if request.project.is_package:
        yield f"{request.project.name} itself is copied, not installed: it has no commands of its own there"

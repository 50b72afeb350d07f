"""Remarks as a capture makes them."""

from samestack.model import Layer, Remark

SITE = "/env/lib/python3.10/site-packages"


def remark(
    code: str,
    subject: str,
    message: str = "something is odd",
    place: str = SITE,
    layer: Layer = Layer.PACKAGES,
) -> Remark:
    """A remark on a package of the environment at ``/env``."""
    return Remark(code=code, layer=layer, subject=subject, message=message, place=place)

"""One image: what the reference of an environment names now is what was deployed there."""

from collections.abc import Iterator
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.parity.breach import Breach, breach
from samestack.parity.evidence import Evidence
from samestack.parity.rules import IMAGE_MOVED

_SHOWN: Final = 19
"""Characters of a digest that tell it from others: ``sha256:`` and twelve more."""


def image_breaches(evidence: Evidence) -> Iterator[Breach]:
    """The environments whose image is another one than the history of deployments has last."""
    for one in evidence.environments:
        named = evidence.image_digests.get(one.name, ())
        deployed = evidence.deployed.get(one.name, "")
        if named and deployed and deployed not in named:
            yield breach(
                _moved(one.name, without_credentials(one.reference), named[0], deployed),
                (one.name,),
                "image/digest",
            )


def _moved(environment: str, reference: str, named: str, deployed: str) -> Finding:
    return Finding(
        rule=IMAGE_MOVED,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=environment,
        message=f"the image of {environment} has moved: {reference} is {named[:_SHOWN]} now, "
        f"and {deployed[:_SHOWN]} was deployed",
        evidence=(f"named now: {named}", f"deployed: {deployed}"),
        remedy="name the image by its digest, and move environments on with samestack deploy promote alone",
    )

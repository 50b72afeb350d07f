"""A reference of a workload in a cluster becomes a snapshot: that of the image that runs there."""

import os

from msgspec import structs

from samestack.capture.images import capture_image
from samestack.capture.kubernetes.address import address
from samestack.capture.kubernetes.configuration import read_configuration
from samestack.capture.kubernetes.workload import running
from samestack.capture.options import Options
from samestack.model import Configuration, Kind, Reference, Snapshot


def capture_workload(reference: Reference, options: Options) -> Snapshot:
    """The image by its digest, from its registry, and what the template says of its configuration.

    :class:`SourceError` where the cluster cannot be asked or does not tell which image runs.
    """
    found = running(address(reference.locator), os.environ)
    image = capture_image(reference, Kind.REGISTRY, found.image, options)
    told = read_configuration(found.container, found.template.spec)
    given = {one.key for one in told.components}
    # What the template says of a variable counts, and not what the image says of it.
    kept = [one for one in image.configuration if one.key not in given]
    return structs.replace(
        image,
        configuration=Configuration.of((*kept, *told.components)),
        remarks=(*image.remarks, *told.remarks),
    )

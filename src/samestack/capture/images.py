"""A reference of an image or a container becomes a snapshot."""

from samestack.capture.assembly import assembled, origin_of
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.host.variables import read_variables
from samestack.capture.readers.images.annotations import read_annotations
from samestack.capture.readers.images.layers import read_layers
from samestack.capture.readers.images.variables import variables_of
from samestack.model import STACK_LAYERS, Kind, Layer, Reference, Snapshot, Standing
from samestack.oci.opening import open_image
from samestack.oci.places import Image


def capture_image(reference: Reference, kind: Kind, locator: str, options: Options) -> Snapshot:
    """The snapshot of what is in an image; of several platforms, of the one for this machine.

    An image in a registry that samestack built is read by its manifest, as what was decided, unless binaries
    or files are asked for.
    """
    image = open_image(f"{kind}:{locator}")
    is_far = kind is Kind.REGISTRY and not (options.deep or options.files)
    told = read_annotations(image) if is_far else None
    if told is not None:
        origin = origin_of(reference, kind, Standing.DECIDED, (Layer.PACKAGES,), options)
        return assembled(origin, _with_variables(told, image))
    origin = origin_of(reference, kind, Standing.OBSERVED, STACK_LAYERS, options)
    return assembled(origin, _with_variables(read_layers(image, options), image))


def _with_variables(observation: Observation, image: Image) -> Observation:
    return Observation.joined((observation, read_variables(variables_of(image.config.config))))

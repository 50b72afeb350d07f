"""A snapshot as a bill of materials, CycloneDX 1.6 in JSON (ECMA-424), for scanners and auditors."""

from samestack.errors import RequestError
from samestack.model import Snapshot


def encode_cyclonedx(snapshot: Snapshot) -> bytes:
    """The bill, ending with a line break; equal snapshots give equal bills.

    :class:`RequestError` where the optional library that writes it is not installed.
    """
    try:
        # The library is optional and takes a third of a second to import: only whoever asks for a bill pays.
        from samestack.render.snapshot.bill_of_materials import bill_of_materials
    except ModuleNotFoundError as error:
        raise RequestError(
            f"CycloneDX is written by a library that is not installed: {error.name}",
            hint='install it with: pip install "samestack[sbom]"',
        ) from None
    return bill_of_materials(snapshot)

"""Every format, those of one table in its order."""

from typing import Final

from samestack.config.scanning.detectors.formats import (
    clouds,
    code_hosts,
    keys,
    messages_and_payments,
    model_services,
)
from samestack.config.scanning.detectors.formats.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    *clouds.FORMATS,
    *code_hosts.FORMATS,
    *model_services.FORMATS,
    *messages_and_payments.FORMATS,
    *keys.FORMATS,
)
"""What a text is held against."""

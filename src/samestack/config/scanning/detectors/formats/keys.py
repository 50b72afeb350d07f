"""Keys and tokens that belong to no service: what their keys look like."""

from typing import Final

from samestack.config.scanning.detectors.formats.format import Format, written

_ARMOUR: Final = r"[\w+/=\s\\\",:.'()-]"

FORMATS: Final[tuple[Format, ...]] = (
    written(
        "an age identity",
        "AGE-SECRET-KEY-",
        r"\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
        "https://github.com/C2SP/C2SP/blob/main/age.md",
    ),
    written(
        "a private key",
        "PRIVATE",
        r"-----BEGIN (?P<label>(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?)-----"
        rf"(?P<secret>(?:(?!-----){_ARMOUR}){{64,20000}})-----END (?P=label)-----",
        "https://www.rfc-editor.org/rfc/rfc7468",
        is_random=False,
    ),
    written(
        "a JSON Web Token",
        "eyJ",
        r"(?<![\w.-])eyJ[\w-]{14,2000}\.eyJ[\w-]{14,8000}\.[\w-]{20,2000}(?![\w-])",
        "https://www.rfc-editor.org/rfc/rfc7519",
    ),
)

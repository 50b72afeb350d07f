"""SHA-256 of what is short, without loading OpenSSL.

``hashlib`` loads OpenSSL for its implementation, which costs more than hashing a whole stack. Python's own
implementation is the one that ``random`` takes too; a Python that was built without it has hashlib's.
"""

try:
    from _sha2 import sha256 as _sha256  # Python 3.12 and newer
except ImportError:
    try:
        from _sha256 import sha256 as _sha256
    except ImportError:
        from hashlib import sha256 as _sha256


def sha256_hex(*pieces: bytes) -> str:
    """The SHA-256 of the pieces, one after the other, in lower-case hexadecimal digits."""
    hasher = _sha256()
    for piece in pieces:
        hasher.update(piece)
    return str(hasher.hexdigest())

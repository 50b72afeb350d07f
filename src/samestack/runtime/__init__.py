"""What a running program says of itself: the digest of its stack, its profile and its Python.

This package runs in the user's program: on Python 3.9 and newer, with the standard library and nothing else.
It imports the rest of itself when a report is asked for.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from samestack.runtime.reporting import Report

__all__ = ["report", "report_json"]

_BEGAN = time.time()


def report() -> Report:
    """What this process is: a small dictionary of texts and counts, ready for JSON.

    ``stack`` is the stack digest on packages, as a lock has it, of what Python finds installed here, read
    once; empty where it cannot be told. Nothing in it is a value of the configuration.
    """
    from samestack.runtime.reporting import reported

    return reported(_BEGAN)


def report_json() -> bytes:
    """The report as a document, for the body of an answer."""
    import json

    return json.dumps(report()).encode()

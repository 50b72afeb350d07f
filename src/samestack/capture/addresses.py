"""Addresses that may be kept: credentials are cut out of every one before it goes anywhere."""

import re

# The patterns are texts: they are compiled only where an address has an "@" or a "?", which few have.
# What stands between "://" and "@" is always somebody's secret or name, in an address of any scheme. A scheme
# begins where no letter stands before it: otherwise a long word would be searched from each of its letters.
_USER_PART = r"(?P<scheme>(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]*://)[^/?#\s'\"]*@"
_SECRET_WORDS = r"(?i)token|secret|password|passwd|signature|credential|api_?key|access_?key|^sig$"  # noqa: S105 - words for secrets


def without_credentials(address: str) -> str:
    """The address without user, password, and query values that are named like secrets.

    Works on any text that holds addresses (``name @ https://user:secret@host/file``). A plain ``git`` user
    of an SSH address is no secret and stays.
    """
    return _without_secret_query(re.sub(_USER_PART, _kept_user, address) if "@" in address else address)


def _kept_user(match: re.Match[str]) -> str:
    scheme = match["scheme"]
    return f"{scheme}git@" if scheme.endswith("ssh://") and match[0] == f"{scheme}git@" else scheme


def _without_secret_query(address: str) -> str:
    if "?" not in address:
        return address
    from urllib.parse import parse_qsl, urlencode, urlsplit  # few addresses have a query

    try:
        parts = urlsplit(address)
    except ValueError:
        return address.partition("?")[0]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not re.search(_SECRET_WORDS, name)]
    return address if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)).geturl()

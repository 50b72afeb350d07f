"""Addresses of stores: how they are shown, and which proxy stands before them."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from samestack.outside.source_error import Reason, SourceError


def server_address(address: str, variable: str, source: str) -> SplitResult:
    """The parts of an address of HTTP or HTTPS; :class:`SourceError` for what is none.

    ``variable`` is the name of the variable that it came from. Errors do not show the address, in which
    a password can stand.
    """
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        hint = "for example http://127.0.0.1:8200"
        message = f"{variable} is not the address of an HTTP server"
        raise SourceError(source, Reason.UNREACHABLE, message, hint=hint)
    return parts


def shown_address(parts: SplitResult) -> str:
    """Host and port, without a user's name and password."""
    return parts.netloc.rpartition("@")[2]


def proxies_before(parts: SplitResult, variables: Mapping[str, str]) -> dict[str, str]:
    """The proxy of an address, as ``HTTPS_PROXY`` and ``NO_PROXY`` say; none before this machine."""
    host = parts.hostname or ""
    if _is_this_machine(host):
        return {}
    not_for = variables.get("no_proxy") or variables.get("NO_PROXY") or ""
    if any(_covers(said.strip().lower(), host) for said in not_for.split(",")):
        return {}
    scheme = f"{parts.scheme}_proxy"
    names = (scheme, scheme.upper(), "all_proxy", "ALL_PROXY")
    proxy = next((variables[name] for name in names if variables.get(name)), "")
    return {parts.scheme: proxy} if proxy else {}


def _covers(said: str, host: str) -> bool:
    """Whether an item of ``NO_PROXY`` is a host, or a domain that it is in."""
    domain = said.lstrip(".")
    return said == "*" or (bool(domain) and f".{host}".endswith(f".{domain}"))


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""Addresses of stores: shown without passwords, and reached past proxies that are not for them."""

from urllib.parse import SplitResult

import pytest

from samestack.outside.server_address import proxies_before, server_address, shown_address
from samestack.outside.source_error import SourceError

PROXY = "http://proxy.internal:3128"


def parts_of(address: str) -> SplitResult:
    return server_address(address, "VAULT_ADDR", "vault:secret/helpdesk")


def test_a_shown_address_has_no_password() -> None:
    assert shown_address(parts_of("https://app:s3cret@vault.internal:8200/v1")) == "vault.internal:8200"


@pytest.mark.parametrize(
    "address", ["vault.internal:8200", "ftp://vault.internal", "http://a:99999", "https://"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(SourceError, match="VAULT_ADDR is not the address of an HTTP server"):
        parts_of(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8500", "localhost:8500", "[::1]:8500", "127.8.9.1", "consul.localhost"]
)
def test_no_proxy_stands_before_this_machine(host: str) -> None:
    assert proxies_before(parts_of(f"http://{host}"), {"http_proxy": PROXY, "ALL_PROXY": PROXY}) == {}


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment(name: str) -> None:
    assert proxies_before(parts_of("https://vault.internal:8200"), {name: PROXY}) == {"https": PROXY}


def test_a_proxy_of_another_scheme() -> None:
    assert proxies_before(parts_of("https://vault.internal:8200"), {"http_proxy": PROXY}) == {}


@pytest.mark.parametrize("said", ["*", "vault.internal", "internal", ".internal", "a.b, .INTERNAL"])
def test_hosts_that_no_proxy_is_for(said: str) -> None:
    variables = {"https_proxy": PROXY, "NO_PROXY": said}
    assert proxies_before(parts_of("https://vault.internal:8200"), variables) == {}


@pytest.mark.parametrize("said", ["", "ternal", "vault", "other.internal", ","])
def test_hosts_that_are_others(said: str) -> None:
    variables = {"https_proxy": PROXY, "NO_PROXY": said}
    assert proxies_before(parts_of("https://vault.internal:8200"), variables) == {"https": PROXY}

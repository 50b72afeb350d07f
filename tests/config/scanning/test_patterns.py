"""Tokens of public formats and passwords in addresses: what is told, and what is an example."""

import pytest

from samestack.config.scanning.detecting import Detector
from samestack.config.scanning.text import Text
from tests.config.scanning.made_up import GITHUB, PASSWORD, TOKENS, drawn

NOTHING = Detector({})


def kinds(content: str, path: str = "agent/main.py") -> list[str]:
    return [one.kind for one in NOTHING.sightings(Text(path=path, content=content))]


@pytest.mark.parametrize(("kind", "token"), TOKENS.items(), ids=TOKENS)
def test_every_format(kind: str, token: str) -> None:
    assert kinds(f"call('''{token}''')\n") == [kind]


def test_where_it_stands() -> None:
    (one,) = NOTHING.sightings(Text(path="main.py", content=f"import os\nx = ['{GITHUB}']\n"))
    assert (one.place, one.secret) == ("line 2, column 7", GITHUB)
    assert GITHUB not in repr(one)


def test_what_was_typed_as_an_example() -> None:
    assert not kinds("AKIA" + "IOSFODNN7" + "EXAMPLE")
    assert not kinds("gh" + "p_" + "x" * 36)
    assert not kinds(f"-----BEGIN {'PRIVATE'} KEY-----\n" + "." * 80 + f"\n-----END {'PRIVATE'} KEY-----")


@pytest.mark.parametrize("scheme", ["postgresql", "https", "redis", "mysql+pymysql", "amqp"])
def test_a_password_in_an_address(scheme: str) -> None:
    assert kinds(f"{scheme}://agent:{PASSWORD}@db.internal/agent") == ["a password in an address"]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://postgres:postgres@localhost/db",
        "https://user:password@example.com/",
        "https://user:${PASSWORD}@host/",
        "https://user:{password}@host/",
        "https://user:%s@host/",
        "https://user:<password>@db.internal/",
        "https://host:8080/@scope/package",
        "http://proxy.internal:3128",
    ],
)
def test_an_address_without_one(address: str) -> None:
    assert not kinds(f"x = '{address}'")


def test_tests_make_addresses_up() -> None:
    address = f"postgresql://agent:{PASSWORD[:7]}@db/agent"
    assert kinds(address)
    assert not kinds(address, "tests/test_addresses.py")
    assert kinds(f"postgresql://agent:{drawn(24)}@db/agent", "tests/test_addresses.py")


def test_credentials_in_a_header() -> None:
    assert kinds(f'headers = {{"Authorization": "Bearer {drawn(40)}"}}') == ["credentials of a request"]
    assert not kinds('headers = {"Authorization": "Bearer your-token-goes-here"}')
    assert kinds(f"curl -u agent:{PASSWORD} https://api.internal/") == ["credentials of a request"]

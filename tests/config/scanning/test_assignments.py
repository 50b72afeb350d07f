"""Literals for what is called a secret: told in every way of writing, and left alone where they are none."""

import pytest

from samestack.config.scanning.detectors.assignments import sightings
from samestack.config.scanning.text import Text
from tests.config.scanning.made_up import PASSWORD, drawn

KEY = drawn(32)


def names(content: str, path: str = "agent/main.py") -> list[str]:
    return [one.name for one in sightings(Text(path=path, content=content))]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.py", f'API_KEY = "{KEY}"'),
        ("a.py", f'API_KEY: str = "{KEY}"'),
        ("a.py", f"connect(API_KEY='{KEY}')"),
        ("a.py", f'{{"API_KEY": "{KEY}"}}'),
        ("a.py", f'os.environ["API_KEY"] = "{KEY}"'),
        ("a.py", f'os.environ.get("API_KEY", "{KEY}")'),
        ("a.py", f'if API_KEY == "{KEY}":'),
        ("a.js", f"const API_KEY = `{KEY}`;"),
        ("a.rb", f":API_KEY => '{KEY}'"),
        ("a.json", f'{{"API_KEY": "{KEY}"}}'),
        ("a.toml", f'API_KEY = "{KEY}"'),
        (".env", f"API_KEY={KEY}"),
        (".env.production", f"export API_KEY={KEY} # do not tell"),
        ("a.yaml", f"  API_KEY: {KEY}"),
        ("compose.yaml", f"  - API_KEY={KEY}"),
        ("pod.yaml", f"- name: API_KEY\n  value: {KEY}"),
        ("a.ini", f"API_KEY = {KEY}"),
        ("Dockerfile", f"ENV API_KEY {KEY}"),
        ("Dockerfile", f"ENV A=b API_KEY={KEY} C=d"),
        ("Dockerfile.cuda", f"ARG API_KEY={KEY}"),
        ("a.xml", f"<API_KEY>{KEY}</API_KEY>"),
    ],
)
def test_every_way_of_writing(path: str, content: str) -> None:
    assert names(content, path) == ["API_KEY"]


@pytest.mark.parametrize(
    "name", ["password", "DB_PASSWORD", "clientSecret", "aws_secret_access_key", "jwt-secret", "passphrase"]
)
def test_every_name(name: str) -> None:
    assert names(f'{{"{name}": "{PASSWORD}{KEY}"}}') == [name]


def test_a_password_that_people_make() -> None:
    assert names(f'password = "{PASSWORD}"') == ["password"]
    assert names(f"CREATE USER agent IDENTIFIED BY '{PASSWORD}'") == ["password"]


@pytest.mark.parametrize(
    "value",
    [
        "changeme",
        "CHANGE_ME_1",
        "your-api-key-here",
        "<token>",
        "xxxxxxxxxxxxxxxx",
        "********",
        "example-token-1",
        "${API_KEY}",
        "{{ api_key }}",
        "$API_KEY",
        "%(api_key)s",
        "{api_key}",
        "os.environ['X1']",
        "vault:secret/a#1",
        "550e8400-e29b-41d4-a716-446655440000",
        "sha256:" + "0f1e2d3c" * 8,
        "12345678",
        "2026-01-01",
        "API_KEY",
        "access_token",
        "the key of the service",
        "/run/secrets/api_key1",
        "none",
        "AccessTokenProvider",
        "http://a.b/c1",
    ],
)
def test_what_is_no_secret(value: str) -> None:
    assert not names(f'API_KEY = "{value}"')
    assert not names(f"API_KEY={value}", ".env")


@pytest.mark.parametrize(
    "name", ["eos_token", "token_type", "password_file", "SECRET_NAME", "public_key", "tokenizer", "bypass"]
)
def test_names_that_only_sound_so(name: str) -> None:
    assert not names(f'{name} = "{KEY}"')


def test_where_much_looks_random_only_formats_tell() -> None:
    for path in ("uv.lock", "package-lock.json", "app.min.js", "usr/lib/python3/dist-packages/a.py"):
        assert not names(f'"token": "{KEY}"', path)


def test_tests_have_to_look_drawn() -> None:
    assert not names(f'password = "{PASSWORD}"', "tests/test_login.py")
    assert names(f'password = "{KEY}"', "tests/test_login.py")


def test_letters_whose_small_form_is_longer() -> None:
    longer = "\u0130" * 50
    assert names(f'# {longer}\nAPI_KEY = "{KEY}"') == ["API_KEY"]

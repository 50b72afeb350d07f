"""A rendered .env is read back by python-dotenv as what it was."""

import io
from pathlib import Path

import dotenv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.rank import Rank
from samestack.config.rendering.dotenv import dotenv_file
from samestack.config.schema.field import Field
from samestack.errors import RequestError
from tests.config.configurations import resolution, value

SECRET = (Field(name="API_KEY", is_secret=True),)


def read(text: str) -> dict[str, str | None]:
    return dict(dotenv.dotenv_values(stream=io.StringIO(text)))


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True),
        st.one_of(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
            st.text("'\"\\ #$=\n\r\tn", max_size=12),
        ).filter(lambda text: "${" not in text),
        max_size=4,
    )
)
def test_every_text_is_read_back(values: dict[str, str]) -> None:
    said = resolution(*(value(name, text) for name, text in values.items()))
    assert read(dotenv_file(said)) == values


def test_a_file_is_read_back_as_bytes_too(tmp_path: Path) -> None:
    text = "one\r\ntwo\nthree\r"
    file = tmp_path / ".env"
    file.write_bytes(dotenv_file(resolution(value("TEXT", text))).encode())
    assert dotenv.dotenv_values(file) == {"TEXT": text}


def test_what_is_simple_looks_simple() -> None:
    said = resolution(
        value("B", "sqlite:///local.db"),
        value("A", 2),
        value("C", ["a", 1]),
        value("D", None),
        value("E", ""),
        value("F", "-----BEGIN-----\nit's\n"),
        value("G", said=True),
    )
    assert dotenv_file(said) == (
        "A=2\nB=sqlite:///local.db\nC='[\"a\",1]'\nE=''\nF='-----BEGIN-----\nit\\'s\n'\nG=true\n"
    )


def test_a_secret_is_named_and_has_its_value_only_on_demand() -> None:
    said = resolution(value("API_KEY", "canary 1", Rank.SECRET_STORE), value("Z", 1), fields=SECRET)
    assert dotenv_file(said) == "# API_KEY= is a secret\nZ=1\n"
    assert dotenv_file(said, with_secrets=True) == "API_KEY='canary 1'\nZ=1\n"


def test_an_address_with_a_password_is_a_secret_whatever_the_schema_says() -> None:
    said = resolution(value("DATABASE_URL", "postgresql://app:canary@db/app"))
    assert dotenv_file(said) == "# DATABASE_URL= is a secret\n"


def test_what_python_dotenv_would_replace_is_refused_without_its_value() -> None:
    with pytest.raises(RequestError, match=r"^TEMPLATE: ") as refused:
        dotenv_file(resolution(value("TEMPLATE", "canary ${HOME}")))
    assert "canary" not in str(refused.value)

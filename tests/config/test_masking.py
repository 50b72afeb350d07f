"""Secrets are never shown, and all of them are known."""

from samestack.config.credentials import passwords_in, without_passwords
from samestack.config.fingerprints import fingerprint, new_key
from samestack.config.masking import MASK, masked, secrets_of
from samestack.config.rank import Rank
from samestack.config.schema.field import Field
from tests.config.configurations import entry, resolution, value

FIELDS = (
    Field(name="API_KEY", is_secret=True),
    Field(name="DATABASE_URL"),
    Field(name="KEYS", is_secret=True),
)


def test_secrets_and_what_they_shadow_are_masked() -> None:
    said = resolution(
        value("API_KEY", "canary-1", Rank.SECRET_STORE, entry("API_KEY", "canary-2", Rank.BASE)),
        value("DATABASE_URL", "postgresql://app:canary-3@db/app"),
        value("KEYS", {"a": ["canary-4"]}, Rank.SECRET_STORE),
        value("UNKNOWN", "canary-5", Rank.DIRECTORY),
        value("WORKERS", 2),
        fields=FIELDS,
    )
    shown = {one.name: one.value for one in masked(said)}
    assert shown == {
        "API_KEY": MASK,
        "DATABASE_URL": f"postgresql://app:{MASK}@db/app",
        "KEYS": MASK,
        "UNKNOWN": MASK,
        "WORKERS": 2,
    }
    assert masked(said)[0].shadowed[0].value == MASK
    assert secrets_of(said) == {f"canary-{number}" for number in range(1, 6)}


def test_null_is_no_secret() -> None:
    assert masked(resolution(value("API_KEY", None), fields=FIELDS))[0].value is None


def test_passwords_in_addresses() -> None:
    text = "amqp://a:p-1@h:1/x?y=1 and https://h:80/p@q, mysql://u:p:2@h, redis://:only@h"
    assert passwords_in(text) == ("p-1", "p:2", "only")
    assert without_passwords("redis://:only@h", "*") == "redis://:*@h"


def test_fingerprints_are_of_one_run() -> None:
    one, other = new_key(), new_key()
    assert fingerprint({"a": 1, "b": 2}, one) == fingerprint({"b": 2, "a": 1}, one)
    assert fingerprint("x", one) != fingerprint("y", one)
    assert fingerprint("x", one) != fingerprint("x", other)
    assert len(fingerprint("x", one)) == 12

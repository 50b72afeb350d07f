"""Secrets that nobody uses, and files that hold them: made anew at every run, so that none stands here."""

import base64
import json
import random
import string
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_LETTERS: Final = string.ascii_letters
_ALL: Final = string.ascii_letters + string.digits
_HEX: Final = "0123456789abcdef"
_SEED: Final = 20_261_125

Draw = Callable[[random.Random], str]


class Planted(Struct, frozen=True, kw_only=True):
    """One secret in one file."""

    kind: str
    form: str
    """The kind of file: ``.py``, ``.ipynb``, ``layer``."""
    path: str
    place: str
    """As samestack tells it: ``line 3``, ``cell 2, line 1``."""
    line: int
    """In the file as it is."""
    secret: str


def _drawn(alphabet: str, size: int) -> Draw:
    return lambda chance: "".join(chance.choices(alphabet, k=size))


def _after(prefix: str, alphabet: str, size: int) -> Draw:
    return lambda chance: prefix + _drawn(alphabet, size)(chance)


def _token(chance: random.Random) -> str:
    parts = (
        {"alg": "HS256", "typ": "JWT"},
        {"sub": _drawn(_ALL, 12)(chance), "iat": chance.randrange(10**9)},
    )
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return ".".join((*encoded, _drawn(_ALL, 43)(chance)))


def _password(chance: random.Random) -> str:
    """As people make them: a word, a sign and a number."""
    word = chance.choice(("Winter", "Katze", "Rocket", "blueberry", "Zuerich", "monsoon"))
    return f"{word}{chance.choice('!+#?&')}{chance.randrange(100, 9999)}{chance.choice(_LETTERS)}"


KINDS: Final[Mapping[str, tuple[str, Draw]]] = {
    "AWS access key id": ("AWS_ACCESS_KEY_ID", _after("AK" + "IA", string.ascii_uppercase + "234567", 16)),
    "AWS secret access key": ("AWS_SECRET_ACCESS_KEY", _drawn(_ALL + "/+", 40)),
    "GitHub token": ("GITHUB_TOKEN", _after("gh" + "p_", _ALL, 36)),
    "GitLab token": ("GITLAB_TOKEN", _after("glp" + "at-", _ALL, 20)),
    "Slack token": (
        "SLACK_BOT",
        lambda c: "xo" + f"xb-{c.randrange(10**11)}-{c.randrange(10**12)}-" + _drawn(_ALL, 24)(c),
    ),
    "Stripe key": ("PAYMENTS", _after("sk_" + "live_", _ALL, 24)),
    "Google API key": ("MAPS", _after("AI" + "za", _ALL, 35)),
    "Hugging Face token": ("HUB", _after("h" + "f_", _LETTERS, 34)),
    "OpenAI key": ("MODEL_KEY", lambda c: "s" + "k-proj-" + _drawn(_ALL, 48)(c)),
    "Anthropic key": ("CLAUDE", lambda c: "s" + "k-ant-api03-" + _drawn(_ALL, 93)(c) + "AA"),
    "npm token": ("PUBLISH", _after("np" + "m_", _ALL, 36)),
    "PyPI token": ("UPLOAD", _after("pypi-" + "AgEIcHlwaS5vcmc", _ALL, 120)),
    "SendGrid key": ("MAIL", lambda c: "S" + f"G.{_drawn(_ALL, 22)(c)}.{_drawn(_ALL, 43)(c)}"),
    "JSON Web Token": ("SESSION", _token),
    "password": ("DB_PASSWORD", _password),
    "named secret": ("SIGNING_SECRET", _drawn(_ALL, 32)),
    "hexadecimal key": ("encryption_key", _drawn(_HEX, 48)),
    "password in an address": ("DATABASE_URL", _password),
}
"""Every kind with the name of its variable."""


def corpus(directory: Path) -> list[Planted]:
    """Files with one secret of each kind each, among lines that hold none."""
    chance = random.Random(_SEED)  # noqa: S311 - nobody is to be kept out by these
    planted: list[Planted] = []
    for form, write in _WRITERS.items():
        secrets = [(kind, name, draw(chance)) for kind, (name, draw) in KINDS.items()]
        planted += write(directory, form, secrets)
    return planted


Secrets = list[tuple[str, str, str]]


def _value(kind: str, secret: str) -> str:
    if kind != "password in an address":
        return secret
    password = secret.translate({ord(sign): "" for sign in "#?+"})
    return f"postgresql://agent:{password}@db.internal:5432/agent"


def _lined(
    path: str, form: str, lines: Callable[[str, str], str], comment: str
) -> Callable[..., list[Planted]]:
    def write(directory: Path, _: str, secrets: Secrets) -> list[Planted]:
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        texts: list[str] = []
        planted = []
        for kind, name, secret in secrets:
            texts += [f"{comment} {kind}", *lines(name, _value(kind, secret)).split("\n")]
            number = next(n for n in range(len(texts), 0, -1) if _value(kind, secret) in texts[n - 1])
            planted.append(
                Planted(kind=kind, form=form, path=path, place=f"line {number}", line=number, secret=secret)
            )
        file.write_text("\n".join((*texts, "")))
        return planted

    return write


def _notebook(directory: Path, _form: str, secrets: Secrets) -> list[Planted]:
    """Each secret once in the code of a cell and once in what another cell has printed."""
    cells = []
    for kind, name, secret in secrets:
        value = _value(kind, secret)
        cells.append(_cell([f"# {kind}\n", f'{name} = "{value}"\n', "client = connect()\n"], []))
        cells.append(_cell(["!env | sort\n"], [f"LANG=C\n{name}={value}\n", "done\n"]))
    path = "notebooks/analysis.ipynb"
    file = directory / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    )
    lines = file.read_text().split("\n")
    planted = []
    for number, (kind, _, secret) in enumerate(secrets):
        value = json.dumps(_value(kind, secret))[1:-1]
        found = [at for at, line in enumerate(lines, start=1) if value in line]
        for at, place, what in zip(
            found,
            (f"cell {2 * number + 1}, line 2", f"cell {2 * number + 2}, output 1, line 2"),
            ("notebook, code", "notebook, output"),
            strict=True,
        ):
            planted.append(Planted(kind=kind, form=what, path=path, place=place, line=at, secret=secret))
    return planted


def _cell(source: list[str], printed: list[str]) -> dict[str, object]:
    outputs = [{"name": "stdout", "output_type": "stream", "text": printed}] if printed else []
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": outputs, "source": source}


def _kubernetes(name: str, value: str) -> str:
    return f"          - name: {name}\n            value: {json.dumps(value)}"


_WRITERS: Final[Mapping[str, Callable[..., list[Planted]]]] = {
    "code": _lined("agent/settings.py", "Python", lambda name, value: f"{name} = {value!r}", "#"),
    "call": _lined(
        "agent/client.py",
        "Python, default of a lookup",
        lambda name, value: f'x = os.environ.get("{name}", "{value}")',
        "#",
    ),
    "notebook": _notebook,
    "env": _lined("deploy/agent.env", ".env", lambda name, value: f"{name}={value}", "#"),
    "yaml": _lined("deploy/values.yaml", "YAML", lambda name, value: f"{name.lower()}: {value}", "#"),
    "kubernetes": _lined("deploy/pod.yaml", "Kubernetes, name and value", _kubernetes, "#"),
    "toml": _lined("config/base.toml", "TOML", lambda name, value: f'{name.lower()} = "{value}"', "#"),
    "dockerfile": _lined("Dockerfile", "Dockerfile", lambda name, value: f"ENV {name}={value}", "#"),
    "shell": _lined("deploy/start.sh", "shell", lambda name, value: f'export {name}="{value}"', "#"),
    "javascript": _lined(
        "web/app.js", "JavaScript", lambda name, value: f'const settings = {{ {name}: "{value}" }};', "//"
    ),
    "layer": _lined(
        "layers/1/app/settings.py",
        "image, lower layer (removed above)",
        lambda name, value: f'{name} = "{value}"',
        "#",
    ),
}

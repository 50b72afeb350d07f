"""Secrets of nobody, put together here so that no scanner of this repository takes them for real ones."""

import base64
import json
import random
import string

LETTERS = string.ascii_letters + string.digits


def drawn(size: int, alphabet: str = LETTERS) -> str:
    """A text of so many characters that looks drawn; always the same."""
    return "".join(random.Random(size).choices(alphabet, k=size))  # noqa: S311 - of nobody


def lettered(size: int) -> str:
    return drawn(size, "qWmRtzBpXsLkVnJdhGfYcA")


HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
GITHUB = "gh" + "p_" + drawn(36)
PASSWORD = "Tr0ub4dor" + "&3xKcd"


def _token() -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "1234", "name": "nobody"})
    encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts]
    return ".".join((*encoded, drawn(43)))


def private_key() -> str:
    body = "\n".join(drawn(64 + index)[:64] for index in range(8))
    return f"-----BEGIN RSA {'PRIVATE'} KEY-----\n{body}\n-----END RSA {'PRIVATE'} KEY-----"


TOKENS = {
    "an AWS access key id": "AK" + "IA" + drawn(16, "QW3ERTZ5UIPA7SDFG2HJ"),
    "a GitHub token": GITHUB,
    "a GitLab token": "glp" + "at-" + drawn(20),
    "a Slack token": "xo" + "xb-" + drawn(12, "1234567890") + "-" + drawn(24),
    "a Slack webhook": f"https://hooks.slack.com/{'services'}/T{drawn(8)}/B{drawn(8)}/{drawn(24)}",
    "a Stripe key": "sk_" + "live_" + drawn(24),
    "a Google API key": "AI" + "za" + drawn(35),
    "a Google OAuth client secret": "GOC" + "SPX-" + drawn(28),
    "a Hugging Face token": "h" + "f_" + lettered(34),
    "an OpenAI key": "s" + "k-proj-" + drawn(48),
    "an Anthropic key": "s" + "k-ant-api03-" + drawn(93) + "AA",
    "a Groq key": "gs" + "k_" + drawn(52),
    "an npm token": "np" + "m_" + drawn(36),
    "a PyPI token": "pypi-" + "AgEIcHlwaS5vcmc" + drawn(120),
    "a Docker Hub token": "dckr" + "_pat_" + drawn(27),
    "a Vault token": "hv" + "s." + drawn(95),
    "a Databricks token": "dap" + "i" + drawn(32, HEX),
    "an Azure storage key": "Account" + "Key=" + drawn(86) + "==",
    "a SendGrid key": "S" + f"G.{drawn(22)}.{drawn(43)}",
    "a Telegram bot token": drawn(9, "123456789") + ":A" + "A" + drawn(33),
    "an age identity": "AGE-SECRET-" + "KEY-1" + drawn(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"),
    "a JSON Web Token": _token(),
    "a private key": private_key(),
}

"""What stands where a secret would stand and is none: examples, references, masks, identifiers."""

import re
from typing import Final

_WORDS: Final = (
    "change", "example", "exmaple", "placeholder", "your", "dummy", "fake", "sample", "redacted",
    "masked", "replace", "insert", "todo", "fixme", "xxxx", "foobar", "mysecret", "mypass", "notasecret",
    "not-a-secret", "not_a_secret", "invalid", "undefined", "unknown", "optional", "required", "s3cret",
    "s3cr3t", "letmein", "testpass", "test_pass", "test-pass", "testtoken", "test-token", "test_token",
    "test-secret", "test_secret", "test-key", "test_key", "testkey", "testsecret", "secret-key",
    "secret_key", "api-key", "api_key", "apikey", "default", "0123456789", "123456", "abcdef", "qwerty",
    "lorem", "deadbeef", "access_token", "access-token", "....", "****", "----", "____", "0000",
)  # fmt: skip
"""Parts of texts that nobody has drawn."""
_WHOLE: Final = frozenset((
    "password", "passwd", "pass", "secret", "token", "key", "user", "username", "admin", "root",
    "postgres", "none", "null", "nil", "true", "false", "test", "guest", "string", "str", "bytes",
    "value", "hidden", "pwd", "empty", "foo", "bar", "baz", "hunter2", "auth", "bearer", "basic",
    "login", "passphrase", "credentials", "private", "public", "anonymous", "mysql", "redis", "rabbitmq",
    "mongo", "minio", "minioadmin", "user:pass", "p4ssw0rd", "passw0rd", "pass123", "secret123",
    "password1", "password123", "pass1", "pass2", "secret1",
))  # fmt: skip
_REFERENCE: Final = re.compile(
    r"""\$\{|\$\(|^\$|\{\{|\{%|\{[\w.!\[\]:]*\}|%\(|%[sdrvq]|^<.*>$|^\[.*\]$|^@|^!|^ENC\[|^/|^\./|^~/|^\\
    |^(?:vault|arn|aws|ssm|secret|secrets|file|env|ref|op|consul|sops|kms|https?|urn):(?!.*:.*@)
    |^(?:os|process|self|cls|settings|config|args|options|env|request|this|app)[.\[]|\(.*\)|^&|^\||^[a-z][a-z0-9+.-]+:[/?]+[^@]*$""",
    re.VERBOSE,
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"[\w-]+:[x*!]?:\d*:")
_DIGEST: Final = re.compile(r"(?:sha(?:1|256|384|512)|md5|pbkdf2|scrypt|argon2)\w*[:$=-]", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?[\d._:,/ -]+(?:[smhd]|[kMG]i?B?)?")
_CONTAINS: Final = re.compile("|".join(map(re.escape, _WORDS)))


def is_placeholder(value: str) -> bool:
    """Whether a text is an example, a mask, or says where the value is to be had."""
    lowered = value.lower()
    if lowered in _WHOLE or len(set(lowered)) <= 3:
        return True
    return bool(_CONTAINS.search(lowered) or _REFERENCE.search(value) or _is_identifier(value))


def _is_identifier(value: str) -> bool:
    """A UUID, a digest that says so, a number, a line of /etc/passwd: they name things."""
    return bool(
        _ACCOUNT.match(value) or _UUID.fullmatch(value) or _DIGEST.match(value) or _NUMBER.fullmatch(value)
    )

"""What the name of a variable tells: whether it is a secret, and whether it is the project's own at all."""

import re
from typing import Final

_SECRET_WORDS: Final = frozenset(
    {"APIKEY", "CREDENTIAL", "CREDENTIALS", "PASSPHRASE", "PASSWD", "PASSWORD", "SECRET", "TOKEN"}
)
_KEYS: Final = frozenset({"KEY", "KEYS", "PASS", "PWD", "SECRETS"})
"""Secrets where the name ends in them."""
_NO_SECRET_KEYS: Final = frozenset(
    {"CACHE", "FOREIGN", "PARTITION", "PRIMARY", "PUBLIC", "ROUTING", "SORT", "PUBLISHABLE"}
)
"""Words before ``KEY`` of which none is a secret."""
_ABOUT: Final = frozenset(
    {"AGE", "ALGORITHM", "COUNT", "DAYS", "DIR", "DIRECTORY", "ENABLED", "ENDPOINT", "EXPIRES", "EXPIRY"}
    | {"FILE", "HEADER", "HOURS", "ID", "LENGTH", "LIMIT", "MINUTES", "NAME", "PATH", "PREFIX", "REQUIRED"}
    | {"SECONDS", "SIZE", "TTL", "TYPE", "URI", "URL", "USER", "VERSION"}
)
"""Last words of names that say something about a secret, and are none."""
_OF_THE_SURROUNDINGS: Final = re.compile(
    r"PATH|HOME|USER|USERNAME|LOGNAME|SHELL|PWD|OLDPWD|LANG|LANGUAGE|TERM|COLUMNS|LINES|EDITOR|VISUAL|PAGER|TZ"
    r"|TMPDIR|TEMP|TMP|DISPLAY|HOSTNAME|CI|NO_COLOR|FORCE_COLOR|APPDATA|LOCALAPPDATA|USERPROFILE|SYSTEMROOT"
    r"|(?:LC|XDG|PYTHON|LD|DYLD|CONDA|VIRTUAL_ENV|GITHUB|GITLAB|CI|JENKINS|SSH|KUBERNETES|SLURM|OMPI|PMI|PMIX)_.*"
    r"|VIRTUAL_ENV|PYTHON[A-Z]+|RANK|LOCAL_RANK|GROUP_RANK|WORLD_SIZE|LOCAL_WORLD_SIZE|MASTER_ADDR|MASTER_PORT"
    r"|CUDA_VISIBLE_DEVICES|SAMESTACK_.*"
)


def is_secret_name(name: str) -> bool:
    """Whether what is called so is most likely a secret: ``API_KEY``, and not ``API_KEY_FILE``."""
    words = [word for word in name.upper().split("_") if word]
    if not words or words[-1] in _ABOUT:
        return False
    if words[-1] in _KEYS:
        return len(words) > 1 and words[-2] not in _NO_SECRET_KEYS
    return not _SECRET_WORDS.isdisjoint(words)


def is_of_surroundings(name: str) -> bool:
    """Whether a variable is set by systems, shells and launchers, and is no configuration of a project."""
    return _OF_THE_SURROUNDINGS.fullmatch(name) is not None

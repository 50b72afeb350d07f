"""Commands that a finding offers for pasting. What is examined is not trusted, and neither is its text."""

import re
from typing import Final

# Texts, for most checks find nothing that they would be compiled for.
_HARMLESS: Final = r"[A-Za-z0-9_.,<>=!~*+\[\]-]+"
_BARE: Final = r"[A-Za-z0-9_.=-]+"


def pip_install(requirement: str, *options: str) -> str:
    """``pip install "numpy<2"``; empty where a shell would read more than a requirement in it."""
    if not re.fullmatch(_HARMLESS, requirement) or requirement.startswith("-"):
        return ""
    quoted = requirement if re.fullmatch(_BARE, requirement) else f'"{requirement}"'
    return " ".join(("pip", "install", *options, quoted))


def pip_install_anew(requirement: str) -> str:
    """The command that puts every file of one package back, and touches no other."""
    return pip_install(requirement, "--force-reinstall", "--no-deps")


def is_harmless(name: str) -> bool:
    """Whether a name can stand in a command as it is."""
    return bool(re.fullmatch(_BARE, name)) and not name.startswith("-")

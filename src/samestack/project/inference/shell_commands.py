"""Commands that install something, as shell scripts, Dockerfiles, notebooks and pipelines write them."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.capture.readers.requirements.packaging_values import requirement_of, shown
from samestack.project.inference.clue import Clue, Kind, Seen

_SEPARATORS: Final = re.compile(r"&&|\|\||[;|\n]")
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_]\w*=\S*")
_SYSTEM_PACKAGE: Final = re.compile(r"[a-z0-9][a-z0-9+.-]+")
_PYTHONS: Final = re.compile(r"(?:python|pip)[\d.]*$")
_PIP_WITH_VALUE: Final = frozenset(
    {
        *("--index-url", "--extra-index-url", "--find-links", "--target", "--trusted-host", "--requirement"),
        *("--constraint", "--timeout", "--retries", "--cache-dir", "--prefix", "--python", "--editable"),
        *("--no-binary", "--only-binary", "--default-timeout", "--root", "--progress-bar"),
        *("--index-strategy", "--upgrade-strategy", "--platform", "--python-version", "--abi"),
        *("--implementation", "--root-user-action", "--use-feature", "--config-settings", "--proxy"),
        *("--cert", "--exists-action", "--src", "--log", "--extra", "--group", "--torch-backend", "--index"),
        *("--default-index", "--exclude-newer", "--link-mode", "--keyring-provider"),
    }
)
_SHORT_WITH_VALUE: Final = re.compile(r"-[a-zA-Z]*[ifrcetC]")
_OF_THE_BUILD: Final = frozenset(
    {
        "apt-transport-https",
        "apt-utils",
        "build-essential",
        "ca-certificates",
        "curl",
        "dirmngr",
        "gnupg",
        "gnupg2",
    }
    | {"locales", "lsb-release", "nano", "software-properties-common", "sudo", "unzip", "vim", "wget", "zip"}
    | {"bzip2", "less", "htop", "tmux", "screen", "man-db", "xz-utils", "git"}
)
_INSTALLERS: Final = frozenset(
    {"pip", "setuptools", "wheel", "uv", "poetry", "pipenv", "virtualenv", "pip-tools"}
)


def of_command(text: str, place: str) -> Seen:
    """What a line of commands installs: packages of the operating system, and of pip."""
    return Seen.joined(_of_words(words, place) for words in _commands(text))


def _commands(text: str) -> Iterator[list[str]]:
    for part in _SEPARATORS.split(text):
        try:
            words = shlex.split(part, comments=True)
        except ValueError:  # quotes across a separator: no command that installs
            continue
        yield list(_without_prefix(words))


def _without_prefix(words: Sequence[str]) -> Sequence[str]:
    at = 0
    while at < len(words) and (
        words[at] in {"sudo", "-E", "time", "exec", "RUN"} or _ASSIGNMENT.fullmatch(words[at])
    ):
        at += 1
    return words[at:]


def _of_words(words: list[str], place: str) -> Seen:
    if words[:1] and words[0] in {"apt-get", "apt", "aptitude"} and "install" in words:
        return _of_apt(words[words.index("install") + 1 :], place)
    rest = _after_pip_install(words)
    return Seen() if rest is None else _of_pip(rest, place)


def _after_pip_install(words: list[str]) -> list[str] | None:
    if words[:1] == ["uv"]:
        words = words[1:]
    if len(words) > 3 and _PYTHONS.match(words[0].rpartition("/")[2]) and words[1:3] == ["-m", "pip"]:
        words = words[2:]
    is_pip = words[:1] and re.fullmatch(r"pip[\d.]*", words[0].rpartition("/")[2])
    return words[2:] if is_pip and words[1:2] == ["install"] else None


def _of_apt(words: list[str], place: str) -> Seen:
    names = [word.partition("=")[0].partition(":")[0] for word in words if not word.startswith("-")]
    known = [name for name in names if _SYSTEM_PACKAGE.fullmatch(name)]
    wanted = [name for name in known if name not in _OF_THE_BUILD and not _is_python(name)]
    left_out = [shown(name) for name in names if name not in wanted]
    said = f"{place}: not taken for needs of the program: {', '.join(left_out)}"
    return Seen(
        tuple(Clue(kind=Kind.SYSTEM_PACKAGE, value=name, place=place) for name in wanted),
        (said,) if left_out else (),
    )


def _is_python(name: str) -> bool:
    return name.startswith(("python", "libpython", "pip")) or name == "cython3"


def _of_pip(words: list[str], place: str) -> Seen:
    return Seen.joined(_of_requirement(word, place) for word in _arguments(words))


def _arguments(words: list[str]) -> Iterator[str]:
    is_value = False
    for word in words:
        if is_value:
            is_value = False
        elif word in _PIP_WITH_VALUE or _SHORT_WITH_VALUE.fullmatch(word):
            is_value = True
        elif not word.startswith("-") and word not in {".", "$@"}:
            yield word


def _of_requirement(text: str, place: str) -> Seen:
    try:
        requirement = requirement_of(text)
    except ValueError:
        return Seen((), (f"{place}: what pip installs there is left out: {shown(text)}",))
    if requirement.name.lower() in _INSTALLERS:
        return Seen()
    return Seen((Clue(kind=Kind.DEPENDENCY, value=without_credentials(str(requirement)), place=place),))

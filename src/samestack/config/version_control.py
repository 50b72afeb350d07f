"""Whether a file belongs to what is committed."""

from pathlib import Path


def is_committed(path: Path) -> bool:
    """Whether git has the file in its index; not where there is no git, or no repository."""
    from samestack.errors import OutsideError
    from samestack.process import run

    try:
        finished = run(
            ["git", "ls-files", "--error-unmatch", "--", path.name], directory=path.parent, check=False
        )
    except OutsideError:
        return False
    return finished.status == 0

"""The hook that looks for secrets before every commit: written into a repository, never over another's."""

from pathlib import Path
from typing import Final

from samestack.config.scanning.places.git_commands import repository_of, said_by_git
from samestack.errors import InputError
from samestack.files import write_file

MARK: Final = "# Written by: samestack init --pre-commit"
HOOK: Final = f"""\
#!/bin/sh
{MARK}
# Looks for secrets in what is about to be committed; "git commit --no-verify" goes past it.
if ! command -v samestack >/dev/null 2>&1; then
  echo "samestack is not on the PATH: secrets were not looked for" >&2
  exit 1
fi
exec samestack config scan --staged
"""
FOR_PRE_COMMIT: Final = """\
  - repo: local
    hooks:
      - id: samestack-secrets
        name: no hard-coded secrets
        entry: samestack config scan --staged
        language: system
        pass_filenames: false
"""
"""The same for those who use the program pre-commit, below ``repos:`` in their file."""
_SETTINGS: Final = ".pre-commit-config.yaml"
_EXECUTABLE: Final = 0o755


def install_hook(directory: Path) -> Path | None:
    """Write the hook of the repository around a directory: its file, or ``None`` where it stood there.

    :class:`InputError` where the repository has another hook, or leaves its hooks to pre-commit.
    """
    root = repository_of(directory)
    hook = root / said_by_git(root, "rev-parse", "--git-path", "hooks/pre-commit").removesuffix("\n")
    if (root / _SETTINGS).exists():
        hint = f"add the hook of docs/config/scan.md to {_SETTINGS}: entry: samestack config scan --staged"
        raise InputError(str(root / _SETTINGS), "the hooks of this repository are pre-commit's", hint=hint)
    if hook.exists() or hook.is_symlink():
        if hook.is_file() and MARK in hook.read_text(encoding="utf-8", errors="replace"):
            return None
        hint = "add to it the line: samestack config scan --staged || exit 1"
        raise InputError(str(hook), "there is a hook already, and it is left as it is", hint=hint)
    hook.parent.mkdir(parents=True, exist_ok=True)
    write_file(HOOK.encode(), hook)
    hook.chmod(_EXECUTABLE)
    return hook

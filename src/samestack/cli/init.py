"""``samestack init``: a manifest from what a project shows, each value with what told it."""

import argparse
from pathlib import Path

from samestack.cli.output import Drawing, deliver

EXAMPLES = """\
  samestack init                         write or complete the pyproject.toml of this directory
  samestack init --dry-run               show what would be written, and what told it
  samestack init old-project --python 3.8
  samestack init --backend conda --format json
  samestack init --pre-commit            only the hook that looks for secrets before every commit
"""
FORMATS = ("table", "json")
_BACKENDS = ("venv", "conda", "poetry")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="the project; by default this directory")
    add("--python", default="", metavar="V", help="the Python, whatever the files say: 3.9")
    add("--backend", choices=_BACKENDS, help="who is to decide, whatever the files speak for")
    add("--pre-commit", action="store_true", help="only write the git hook that looks for secrets")
    add("--dry-run", action="store_true", help="write nothing, print what would be")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: argparse.Namespace) -> int:
    """Infer, write what is missing, and tell it; or write the hook."""
    if arguments.pre_commit:
        return _write_hook(Path(arguments.directory), is_dry_run=arguments.dry_run)
    from samestack.project.inference.inferring import inferred
    from samestack.project.inference.saving import save
    from samestack.project.manifest import Backend

    backend = Backend(arguments.backend) if arguments.backend else None
    inference = inferred(Path(arguments.directory), python=arguments.python, backend=backend)
    if not arguments.dry_run:
        save(inference)
    if arguments.format == "json":
        from samestack.render.project.inference_json import encode_inference

        deliver(encode_inference(inference, is_written=bool(inference.added) and not arguments.dry_run), None)
        return 0
    from samestack.render.project.inference_text import print_inference

    drawing: Drawing = lambda console: print_inference(inference, console, is_dry_run=arguments.dry_run)  # noqa: E731
    deliver(drawing, None)
    return 0


def _write_hook(directory: Path, *, is_dry_run: bool) -> int:
    from samestack.config.scanning.hook import HOOK, install_hook

    if is_dry_run:
        deliver(HOOK.encode(), None)
        return 0
    hook = install_hook(directory)
    said = f"{hook} was written." if hook else "The hook stands there already."
    deliver(f"{said} It runs: samestack config scan --staged\n".encode(), None)
    return 0

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
  samestack init --ci github             only a pipeline: check, build, verify, push, promote
"""
FORMATS = ("table", "json")
_BACKENDS = ("venv", "conda", "poetry")
_PLATFORMS = ("github", "gitlab")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="the project; by default this directory")
    add("--python", default="", metavar="V", help="the Python, whatever the files say: 3.9")
    add("--backend", choices=_BACKENDS, help="who is to decide, whatever the files speak for")
    add("--pre-commit", action="store_true", help="only write the git hook that looks for secrets")
    add("--ci", choices=_PLATFORMS, help="only write a pipeline for continuous integration")
    add("--requirements", default="", metavar="FILE", help="with --ci: your file of samestack and its hashes")
    add("--runner-image", default="", metavar="IMAGE", help="with --ci gitlab: what its jobs run in")
    add("--force", action="store_true", help="with --ci: write over a pipeline of ours that was changed")
    add("--dry-run", action="store_true", help="write nothing, print what would be")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: argparse.Namespace) -> int:
    """Infer, write what is missing, and tell it; or write the hook or the pipeline."""
    if arguments.pre_commit:
        return _write_hook(Path(arguments.directory), is_dry_run=arguments.dry_run)
    if arguments.ci:
        return _write_pipeline(arguments)
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


def _write_pipeline(arguments: argparse.Namespace) -> int:
    from samestack.deploy.pipelines.writing import PipelineRequest, Platform, pipeline, write_pipeline
    from samestack.project.reading import read_project

    request = PipelineRequest(
        project=read_project(Path(arguments.directory)),
        platform=Platform(arguments.ci),
        requirements=arguments.requirements,
        runner_image=arguments.runner_image,
        is_forced=arguments.force,
    )
    if arguments.dry_run:
        deliver(pipeline(request).data, None)
        return 0
    written = write_pipeline(request)
    lines = [f"{file} was written." for file in written.files] or ["The pipeline stands there already."]
    if written.include:
        lines.append(f"Let .gitlab-ci.yml include it:\ninclude:\n  - local: {written.include}")
    deliver("".join(f"{line}\n" for line in lines).encode(), None)
    return 0

"""A pipeline of GitLab CI/CD. Its jobs name no stage, so that any pipeline can include it."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.deploy.pipelines.commands import (
    DIGEST,
    building,
    checking,
    digest_of_push,
    installed,
    promoting,
    pushing,
)
from samestack.deploy.pipelines.facts import PipelineFacts, Stage
from samestack.deploy.pipelines.gitlab_history import history_kept, history_now, until_promoted

FILE: Final = ".gitlab-ci.yml"
INCLUDED: Final = ".gitlab/samestack.yml"
"""Where it is written beside a pipeline that somebody else wrote."""
_OWN_REGISTRY: Final = "registry.gitlab.com"
_FROM_VARIABLES: Final = ("REGISTRY_USER", "REGISTRY_PASSWORD")
"""Variables that the project has to be given, for a registry that is not GitLab's own."""
_TOOL: Final = "/opt/samestack"
"""In the container of a runner, which is gone with its job."""
_DOTENV: Final = ".samestack-push.env"


def gitlab_pipeline(facts: PipelineFacts) -> str:
    """The text of the pipeline."""
    jobs = (_common(facts), _check(facts), _image(facts), *(_promotion(facts, one) for one in facts.promoted))
    return "\n".join(jobs)


def runner_image_of(text: str) -> str:
    """The image of a pipeline that was written before."""
    said = (line.partition("image: ") for line in text.splitlines())
    return next(image for _, found, image in said if found)


def _common(facts: PipelineFacts) -> str:
    files = "".join(f"        - {facts.prefix}{name}\n" for name in (facts.lock, facts.requirements))
    return f"""\
.samestack:
  image: {facts.runner_image}
  interruptible: true
  timeout: 1h
  variables:
    UV_CACHE_DIR: $CI_PROJECT_DIR/.cache/uv
    SAMESTACK_CACHE: $CI_PROJECT_DIR/.cache/samestack
  cache:
    key:
      files:
{files}    paths:
      - .cache/
  before_script:
{_script(_beginning(facts))}"""


def _beginning(facts: PipelineFacts) -> Iterator[str]:
    if facts.directory:
        yield f"cd {facts.directory}"
    yield f"python3 -m venv {_TOOL}"
    yield f"{_TOOL}/bin/python -m pip {installed(facts)}"
    yield f'export PATH="{_TOOL}/bin:$PATH"'


def _check(facts: PipelineFacts) -> str:
    return f"""\
samestack-check:
  extends: .samestack
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
{_script(one.line for one in checking(facts))}"""


def _image(facts: PipelineFacts) -> str:
    lines = [one.line for one in building()]
    artifacts = ""
    if facts.image:
        lines += (
            'if [ "$CI_COMMIT_BRANCH" != "$CI_DEFAULT_BRANCH" ]; then exit 0; fi',
            *_login(facts),
            pushing(facts, "CI_COMMIT_SHA").line,
            f'echo "{DIGEST}=$({digest_of_push()})" > "$CI_PROJECT_DIR/{_DOTENV}"',
        )
        artifacts = f"  artifacts:\n    reports:\n      dotenv: {_DOTENV}\n"
    return f"""\
samestack-image:
  extends: .samestack
  needs: [samestack-check]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
{_script(lines)}{artifacts}"""


def _promotion(facts: PipelineFacts, stage: Stage) -> str:
    commands = (one.line for one in promoting(facts, stage))
    before = [f"samestack-promote-{one.name}" for one in facts.promoted if one.name == stage.after]
    is_last = stage == facts.promoted[-1]
    manual = "      when: manual # protect the environment, and say there who has to agree\n"
    return f"""\
samestack-promote-{stage.name}:
  extends: .samestack
  needs: [{", ".join(["samestack-image", *before])}]
  # One promotion to an environment at a time; none is cut off.
  interruptible: false
  resource_group: {stage.name}
  environment:
    name: {stage.name}
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
{manual if is_last else ""}  script:
{_script((*_login(facts), *history_now(), *until_promoted(commands), *history_kept(stage)))}"""


def _login(facts: PipelineFacts) -> Iterator[str]:
    """As ``docker login`` would: the container of a runner has no Docker."""
    is_own = facts.registry == _OWN_REGISTRY
    user, password = ("CI_REGISTRY_USER", "CI_REGISTRY_PASSWORD") if is_own else _FROM_VARIABLES
    yield f'auth=$(printf \'%s:%s\' "${user}" "${password}" | base64 -w 0)'
    document = f'{{"auths":{{"{facts.registry}":{{"auth":"%s"}}}}}}'
    file = "~/.docker/config.json"
    yield f"(umask 077 && mkdir -p ~/.docker && printf '{document}' \"$auth\" > {file})"


def _script(commands: Iterable[str]) -> str:
    """Each a block of its own: no character of it means anything to YAML."""
    return "".join(_block(command) for command in commands)


def _block(command: str) -> str:
    lines = "".join(f"      {line}\n" for line in command.splitlines())
    return f"    - |-\n{lines}"

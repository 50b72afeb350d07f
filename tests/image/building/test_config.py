"""What an image says of itself."""

from msgspec.structs import replace

from samestack.image.building.base import scratch
from samestack.image.building.config import CREATED, Described, Stacked, image_config, labels_of
from samestack.image.building.origin import Origin
from samestack.image.settings import HealthSettings, ImageSettings
from samestack.oci.documents import Execution, History, ImageConfig
from samestack.oci.platform import AMD64, ARM64

BELOW = Stacked(diff_id="sha256:" + "0" * 64, title="base", history=History(created_by="somebody"))
OURS = Stacked(diff_id="sha256:" + "1" * 64, title="numpy 2.0")


def config_of(settings: ImageSettings, base: Execution | None = None, created: str = "") -> ImageConfig:
    below = replace(scratch(ARM64).config, config=base or Execution())
    return image_config(below, [BELOW, OURS], settings, {CREATED: created})


def test_it_is_for_the_platform_and_has_the_layers() -> None:
    found = config_of(ImageSettings(), created="2026-01-01T00:00:00Z")
    assert found.platform == ARM64
    assert found.rootfs.diff_ids == (BELOW.diff_id, OURS.diff_id)
    assert found.created == "2026-01-01T00:00:00Z"
    assert [one.created_by for one in found.history] == ["somebody", "samestack image build: numpy 2.0"]


def test_the_environment_goes_before_what_the_base_has() -> None:
    base = Execution(env=("PATH=/bin", "LANG=C"))
    found = config_of(ImageSettings(environment={"LANG": "C.UTF-8", "A": "1"}), base).config
    assert found.env == ("PATH=/opt/venv/bin:/bin", "LANG=C.UTF-8", "VIRTUAL_ENV=/opt/venv", "A=1")


def test_a_program_can_read_which_stack_the_image_was_built_from() -> None:
    labels = labels_of(Described(stack_digest="sha256:x", lock_digest="sha256:y"), ImageSettings())
    settings = ImageSettings(environment={"SAMESTACK_STACK_DIGEST": "forged"})
    found = image_config(scratch(ARM64).config, [OURS], settings, labels).config
    assert found.env[-2:] == ("SAMESTACK_STACK_DIGEST=sha256:x", "SAMESTACK_LOCK_DIGEST=sha256:y")


def test_it_runs_as_nobody_special() -> None:
    found = config_of(ImageSettings()).config
    assert (found.user, found.working_dir, found.cmd) == ("10001:10001", "/app", ("python",))


def test_an_entry_point_never_gets_the_arguments_of_another() -> None:
    base = Execution(entrypoint=("/entry",), cmd=("serve",))
    assert config_of(ImageSettings(), base).config.cmd == ("serve",)
    ours = config_of(ImageSettings(entrypoint=("mine",)), base).config
    assert (ours.entrypoint, ours.cmd) == (("mine",), None)
    ours = config_of(ImageSettings(command=("mine",)), base).config
    assert (ours.entrypoint, ours.cmd) == (None, ("mine",))


def test_ports_and_health() -> None:
    health = HealthSettings(command=("check",), interval=3)
    found = config_of(ImageSettings(ports=(8000,), health=health)).config
    assert found.exposed_ports == {"8000/tcp": {}}
    assert found.healthcheck is not None
    assert (found.healthcheck.test, found.healthcheck.interval) == (("CMD", "check"), 3_000_000_000)


def test_labels_of_the_settings_do_not_touch_what_samestack_vouches_for() -> None:
    described = Described(title="example", stack_digest="sha256:x", origin=Origin(revision="abc"))
    said = {"org.opencontainers.image.title": "Example", "dev.samestack.stack.digest": "forged"}
    assert labels_of(described, ImageSettings(labels=said)) == {
        "org.opencontainers.image.title": "Example",
        "org.opencontainers.image.revision": "abc",
        "dev.samestack.stack.digest": "sha256:x",
    }


def test_nothing_below() -> None:
    assert scratch(AMD64).config.rootfs.diff_ids == ()

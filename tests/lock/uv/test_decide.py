"""uv decides on a small index: what stands in the lock, what is kept of the last one, and what is refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from packaging.pylock import Pylock

from samestack.compare.releases import packages_digest
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.deciding import write
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.platforms import marker_environment
from samestack.lock.reading import read_lock
from samestack.lock.selecting import local_projects, locked_digest, locked_for
from samestack.lock.table_text import table_of, with_table
from samestack.lock.unmet import UnmetError
from samestack.lock.uv.described import releases_of
from samestack.lock.uv.locked_text import locked_text
from samestack.project.manifest import Constraint
from tests.lock.projects import MANIFEST, REQUIREMENTS, decided, locked, write_files


def document(decision: Decision) -> dict[str, Any]:
    return tomllib.loads(decision.data.decode())


def versions(decision: Decision) -> dict[str, str]:
    return {one["name"]: one.get("version", "") for one in document(decision)["packages"]}


def test_a_lock_is_valid_and_says_for_which_environments(project: Path) -> None:
    decision = locked(project)
    lock = Pylock.from_dict(document(decision))
    assert lock.created_by == "samestack"
    assert str(lock.requires_python) == "==3.9.*"
    assert lock.environments is not None
    for platform in ("linux-64", "osx-arm64"):
        environment = dict(marker_environment(platform, "3.9"))
        assert sum(marker.evaluate(environment) for marker in lock.environments) == 1
        assert not any(
            marker.evaluate(dict(marker_environment(platform, "3.10"))) for marker in lock.environments
        )
    assert versions(decision) == {"app": "1.1", "base": "2.0", "only-mac": "1.0"}


def test_what_is_needed_everywhere_has_no_marker(project: Path) -> None:
    markers = {one["name"]: one.get("marker") for one in document(decided(project))["packages"]}
    assert markers["app"] is None
    assert markers["base"] is None
    assert "darwin" in str(markers["only-mac"])


def test_wheels_of_other_pythons_are_left_out(project: Path) -> None:
    base = next(one for one in document(decided(project))["packages"] if one["name"] == "base")
    names = sorted(wheel["url"].rpartition("/")[2] for wheel in base["wheels"])
    assert names == [
        "base-2.0-cp39-cp39-macosx_11_0_arm64.whl",
        "base-2.0-cp39-cp39-manylinux_2_17_x86_64.whl",
    ]


@pytest.mark.parametrize("platform", ["linux-64", "osx-arm64"])
def test_the_digests_are_those_of_what_the_lock_decides(project: Path, platform: str) -> None:
    write_files(project / "lib", {"pyproject.toml": '[project]\nname = "lib"\nversion = "4"\n'})
    text = MANIFEST.replace('"app"', '"app", "lib", "fast"').replace(
        "[tool.samestack]", "[tool.uv.sources]\nlib = {path = 'lib', editable = true}\n[tool.samestack]"
    )
    write_files(project, {"pyproject.toml": text})
    decision = locked(project)
    lock = read_lock(decision.path)
    assert lock.table == decision.table
    environment = marker_environment(platform, "3.9")
    assert decision.table.digests[platform] == locked_digest(lock, environment)
    assert local_projects(locked_for(lock, environment)) == {"lib"}
    whole = lock.snapshot.stack
    assert decision.table.digest == packages_digest(whole, but=local_projects(whole))
    assert releases_of(locked_text(decision.data.decode()).packages).digest == decision.table.digest


def test_what_a_host_must_offer_is_joined_with_the_manifest(project: Path) -> None:
    assert decided(project).table.host.glibc == "2.17"
    wanted = MANIFEST + '[tool.samestack.host]\nglibc = "2.31"\ndriver = "535"\n'
    write_files(project, {"pyproject.toml": wanted})
    host = decided(project, LockOptions(extras=("gpu",))).table.host
    assert (host.glibc, host.cuda, host.driver) == ("2.31", "11", "535")


def test_extras_and_groups_are_in_it_when_they_are_asked_for(project: Path) -> None:
    decision = decided(project, LockOptions(extras=("gpu",), groups=("test",)))
    assert versions(decision) == {
        "app": "1.1",
        "base": "1.5",
        "checker": "7.0",
        "fast": "3.0+cu118",
        "only-mac": "1.0",
    }
    assert (decision.table.extras, decision.table.groups) == (("gpu",), ("test",))


def test_an_earlier_choice_is_kept_until_it_is_to_move(project: Path) -> None:
    locked(project, LockOptions(as_of="2023-06-01"))
    old = {"app": "1.1", "base": "1.5", "only-mac": "1.0"}
    assert versions(decided(project)) | {"only-mac": "1.0"} == old
    assert versions(decided(project, LockOptions(upgrade=("app",))))["base"] == "1.5"
    assert versions(decided(project, LockOptions(upgrade=("base",))))["base"] == "2.0"
    assert versions(decided(project, LockOptions(upgrade_all=True)))["base"] == "2.0"


def test_what_images_have_below_stays_when_the_packages_are_decided_anew(project: Path) -> None:
    decision = locked(project, LockOptions(as_of="2023-06-01"))
    package = {"name": "dash", "version": "0.5.12-2", "sha256": "0" * 64}
    image = {"debian": {"suite": "bookworm", "packages": {"amd64": [package]}}}
    write(with_table(decision, replace(decision.table, image=image)))
    renewed = locked(project, LockOptions(upgrade_all=True))
    assert versions(renewed)["base"] == "2.0"
    assert renewed.table.image == image
    assert table_of(renewed.path) == renewed.table
    assert document(renewed)["tool"]["samestack"]["image"] == image


def test_as_of_a_day(project: Path) -> None:
    decision = decided(project, LockOptions(as_of="2022-06-01"))
    assert {"app": "1.0", "base": "1.5"}.items() <= versions(decision).items()
    assert decision.table.as_of == "2022-06-01"


def test_as_of_the_day_that_the_pins_tell(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "app==1.0\nbase\n"})
    decision = decided(tmp_path, LockOptions(as_of="auto", python="3.9", platforms=("linux-64",)))
    assert versions(decision) == {"app": "1.0", "base": "1.0"}
    assert decision.table.as_of == "2022-01-02"
    assert any("app 1.0 was uploaded on 2022-01-01" in note for note in decision.notes)


def test_constraints_of_the_manifest_and_of_a_trial_narrow(project: Path) -> None:
    text = MANIFEST + '[[tool.samestack.constraints]]\nrequirement = "base<2"\nreason = "2 is another"\n'
    write_files(project, {"pyproject.toml": text})
    assert versions(decided(project))["base"] == "1.5"
    trial = Constraint(requirement="base<1.5", reason="a trial")
    assert versions(decided(project, LockOptions(constraints=(trial,))))["base"] == "1.0"


def test_a_bare_requirements_file_will_do(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "-r more/base.txt\n", "more/base.txt": REQUIREMENTS})
    decision = decided(tmp_path, LockOptions(python="3.9", platforms=("linux-64",)))
    assert versions(decision) == {"app": "1.0", "base": "1.5"}
    assert decision.table.inputs.keys() == {"requirements.txt", "more/base.txt"}


def test_what_uv_does_not_read_is_told_it_line_by_line(tmp_path: Path) -> None:
    manifest = """\
[tool.poetry]
name = "example"
version = "1"
[tool.poetry.dependencies]
python = "^3.9"
app = "1.0"
[tool.poetry.group.test.dependencies]
checker = "^7.0"
[tool.samestack]
backend = "venv"
python = "3.9"
platforms = ["linux-64"]
groups = ["test"]
"""
    write_files(tmp_path, {"pyproject.toml": manifest})
    assert versions(decided(tmp_path)) == {"app": "1.0", "base": "2.0", "checker": "7.0"}


def test_settings_of_the_project_count(project: Path, address: str) -> None:
    text = MANIFEST + (
        f'[tool.uv]\nconstraint-dependencies = ["base<2"]\noverride-dependencies = ["app==1.0"]\n'
        f'[[tool.uv.index]]\nname = "own"\nurl = "{address}"\ndefault = true\n'
    )
    write_files(project, {"pyproject.toml": text})
    assert versions(decided(project)) == {"app": "1.0", "base": "1.5"}


@pytest.mark.parametrize("variable", ["UV_NO_CONFIG", "UV_CONFIG_FILE"])
def test_no_setting_of_uvs_makes_it_forget_the_platforms(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    settings = tmp_path / "uv.toml"
    settings.write_text('constraint-dependencies = ["base<2"]\n')
    monkeypatch.setenv(variable, "1" if variable == "UV_NO_CONFIG" else str(settings))
    decision = decided(project)
    assert versions(decision)["base"] == ("2.0" if variable == "UV_NO_CONFIG" else "1.5")
    assert "windows" not in decision.data.decode()
    assert "tool" not in versions(decision)


def test_without_addresses_there_are_names_and_hashes_alone(project: Path) -> None:
    decision = locked(project, LockOptions(urls=False))
    text = decision.data.decode()
    assert "127.0.0.1" not in text
    assert "url" not in text.partition("[tool.samestack]")[0]
    lock = Pylock.from_dict(document(decision))
    files = [wheel for one in lock.packages for wheel in one.wheels or ()]
    assert all(file.path and "/" not in file.path and file.hashes["sha256"] for file in files)
    again = decided(project, LockOptions(urls=False))
    assert again.data == decision.data


def test_neither_credentials_nor_paths_of_this_machine_stand_in_it(
    project: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = address.replace("http://", "http://me:hunter2@")
    monkeypatch.setenv("UV_DEFAULT_INDEX", secret)
    assert "hunter2" not in decided(project).data.decode()
    from tests.lock.projects import small_index

    folder = small_index().write_to(tmp_path / "mirror")
    monkeypatch.setenv("UV_DEFAULT_INDEX", folder.as_uri())
    decision = decided(project)
    assert str(tmp_path) not in decision.data.decode()
    assert any("on an index of this machine's" in note for note in decision.notes)
    Pylock.from_dict(document(decision))


def test_paths_of_projects_are_relative_to_the_lock(project: Path) -> None:
    write_files(project / "../lib", {"pyproject.toml": '[project]\nname = "lib"\nversion = "4"\n'})
    write_files(project, {"requirements.txt": "-e ../lib\nbase\n", "pyproject.toml": "[tool.samestack]\n"})
    options = LockOptions(python="3.9", platforms=("linux-64",), output=project / "locks/pylock.toml")
    (project / "locks").mkdir()
    decision = locked(project, options)
    lib = next(one for one in document(decision)["packages"] if one["name"] == "lib")
    assert lib["directory"] == {"path": "../../lib", "editable": True}
    assert set(decision.table.inputs) == {
        "../requirements.txt",
        "../pyproject.toml",
        "../../lib/pyproject.toml",
    }


def test_a_day_that_is_not_told_is_none(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "app\n"})
    decision = decided(tmp_path, LockOptions(python="3.9", platforms=("linux-64",), as_of="auto"))
    assert decision.table.as_of == ""
    assert any("none tells its age" in note for note in decision.notes)


def test_a_conflict_is_no_failure_of_uvs(project: Path) -> None:
    write_files(project, {"pyproject.toml": MANIFEST.replace('"app"', '"needs-old-base", "base>=2"')})
    with pytest.raises(UnmetError) as caught:
        decided(project)
    assert caught.value.exit_status == 1
    assert "needs-old-base" in caught.value.said
    assert not (project / "pylock.toml").exists()


def refused(project: Path, options: LockOptions, kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        decided(project, options)
    return str(caught.value)


def test_what_there_is_not_is_refused(project: Path) -> None:
    assert "no extra 'cpu'" in refused(project, LockOptions(extras=("cpu",)), RequestError)
    assert "no group 'docs'" in refused(project, LockOptions(groups=("docs",)), RequestError)
    assert "no platform 'linux'" in refused(project, LockOptions(platforms=("linux",)), RequestError)
    assert "'three' is no version" in refused(project, LockOptions(python="three"), RequestError)
    assert "'soon' is no day" in refused(project, LockOptions(as_of="soon"), RequestError)


def test_a_malformed_file_is_named_with_the_place(tmp_path: Path, project: Path) -> None:
    bare = write_files(tmp_path / "bare", {"requirements.txt": "app\nbase=>2\n"})
    said = refused(bare, LockOptions(python="3.9"), InputError)
    assert said.startswith(f"{bare / 'requirements.txt'}: line 2: ")
    write_files(project, {"pylock.toml": 'lock-version = "1.0"\npackages = 3\n'})
    assert str(project / "pylock.toml") in refused(project, LockOptions(), InputError)


def test_an_index_that_is_not_there_is_no_conflict(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "empty"))
    assert "uv could not decide" in refused(project, LockOptions(), OutsideError)


def test_the_same_again_is_the_same_to_the_byte(project: Path) -> None:
    first = locked(project)
    assert decided(project).data == first.data

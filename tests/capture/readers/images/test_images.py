"""``capture`` and ``diff`` of images: by their layers, or by what the manifest of ours says of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.capture.entry import capture, environment_kind
from samestack.capture.options import Options
from samestack.capture.readers.images.annotations import KIND, PACKAGES, REMARK, read_annotations
from samestack.capture.readers.images.variables import variables_of
from samestack.compare.difference import Comparison, Relation
from samestack.compare.judge import judge
from samestack.errors import InputError, RequestError
from samestack.model import CONFIGURATION_LAYERS, STACK_LAYERS, Kind, Layer, Reference, Snapshot, Standing
from samestack.oci.archive.destination import archive_destination
from samestack.oci.layout.files import blob_file
from samestack.oci.places import Image
from tests.oci.small_images import Member, directory, file, opened, small_image, symlink, tar, write_layout

HASH = f"sha256:{'ab' * 32}"
STATUS = "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2\n"
SYSTEM = tar(
    directory("usr/bin"),
    file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n"),
    symlink("etc/os-release", "../usr/lib/os-release"),
    file(
        "var/lib/dpkg/status",
        "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2\n",
    ),
    file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
    file("usr/bin/python3.11", "", mode=0o755),
    symlink("usr/bin/python3", "python3.11"),
    symlink("bin", "usr/bin"),
    file("usr/lib/python3.11/os.py"),
)


def distribution(name: str, version: str, prefix: str = "opt/venv") -> list[Member]:
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    return [file(f"{prefix}/lib/python3.11/site-packages/{name}-{version}.dist-info/METADATA", metadata)]


def venv(*distributions: Member) -> bytes:
    skeleton = [
        file("opt/venv/pyvenv.cfg", "home = /usr/bin\nversion_info = 3.11.2\n"),
        directory("opt/venv/bin"),
        symlink("opt/venv/bin/python", "/usr/bin/python3.11"),
    ]
    return tar(*skeleton, *distributions)


PATH = "PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin"
VARIABLES = ("OMP_NUM_THREADS=4", "TOKEN=hunter2", PATH)
NUMPY = small_image(SYSTEM, venv(*distribution("numpy", "1.26.4")), env=VARIABLES)


def captured(text: str, options: Options = Options()) -> Snapshot:  # noqa: B008 - it is a value
    return capture(Reference.parse(text), options)


def differing(comparison: Comparison) -> list[str]:
    found = (one for one in comparison.differences if one.relation is Relation.DIFFERS)
    return sorted((one.change.before or one.change.after).name for one in found)  # type: ignore[union-attr]


def labels(snapshot: Snapshot, layer: Layer) -> list[tuple[str, str]]:
    return [(one.label, one.at) for one in snapshot.stack.layer(layer)]


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    return write_layout(tmp_path / "layout", NUMPY, "1.0")


def test_system_python_packages_and_variables_of_an_image(layout: Path) -> None:
    snapshot = captured(f"oci:{layout}:1.0")
    assert labels(snapshot, Layer.PACKAGES) == [("numpy 1.26.4", "")]
    assert labels(snapshot, Layer.SYSTEM) == [("zlib1g 1:1.2", "")]
    assert ("debian 12", "") in labels(snapshot, Layer.OS)
    assert [(one.name, one.version) for one in snapshot.configuration] == [("OMP_NUM_THREADS", "4")]
    assert (snapshot.origin.kind, snapshot.origin.standing) == ("oci", Standing.OBSERVED)
    assert snapshot.origin.complete == STACK_LAYERS
    assert not set(CONFIGURATION_LAYERS) & set(snapshot.origin.complete)


@pytest.mark.parametrize(
    ("env", "entrypoint", "places"),
    [
        ((PATH,), None, ["", "/usr"]),
        (("PATH=/usr/bin",), None, ["", "/opt/venv"]),
        (("PATH=/bin",), None, ["", "/opt/venv"]),
        (("PATH=/bin",), ("/opt/venv/bin/python", "-m", "agent"), ["", "/usr"]),
        (("PATH=/bin",), ("/opt/venv/bin/agent",), ["", "/usr"]),
        (("PATH=/sbin::relative",), ("agent",), ["/opt/venv", "/usr"]),
        ((), (), ["/opt/venv", "/usr"]),
    ],
)
def test_the_python_that_an_image_is_there_for_has_no_place(
    tmp_path: Path, env: tuple[str, ...], entrypoint: tuple[str, ...] | None, places: list[str]
) -> None:
    image = small_image(SYSTEM, venv(file("opt/venv/bin/agent", "#!")), env=env, entrypoint=entrypoint)
    snapshot = captured(f"oci:{write_layout(tmp_path, image)}")
    assert sorted(one.at for one in snapshot.stack.layer(Layer.PYTHON)) == places


def test_a_bare_path_of_a_layout_or_an_archive(layout: Path, tmp_path: Path) -> None:
    with archive_destination(tmp_path / "image.tar") as archive:
        NUMPY.write(archive)
        archive.name(NUMPY.descriptor, "team/agent:1.0")
    stacks = {captured(str(place)).stack.digest for place in (layout, tmp_path / "image.tar")}
    assert stacks == {captured(f"oci:{layout}").stack.digest}
    assert environment_kind(str(layout)) is environment_kind(str(tmp_path / "image.tar")) is Kind.OCI


def test_images_are_compared(layout: Path, tmp_path: Path) -> None:
    newer = small_image(SYSTEM, venv(*distribution("numpy", "2.1.0")), env=("OMP_NUM_THREADS=8", PATH))
    write_layout(layout, newer, "2.0")
    comparison = judge(captured(f"oci:{layout}:1.0"), captured(f"oci:{layout}:2.0"))
    assert differing(comparison) == ["OMP_NUM_THREADS", "numpy"]
    assert judge(captured(f"oci:{layout}:1.0"), captured(f"oci:{layout}:1.0")).is_equal


def test_an_image_and_what_was_asked_for_are_compared(layout: Path, tmp_path: Path) -> None:
    snapshot = captured(f"oci:{layout}:1.0")
    (tmp_path / "requirements.txt").write_text("numpy==1.26.4\n")
    assert "numpy" not in differing(judge(captured(str(tmp_path / "requirements.txt")), snapshot))
    (tmp_path / "requirements.txt").write_text("numpy==1.26.3\n")
    assert "numpy" in differing(judge(captured(str(tmp_path / "requirements.txt")), snapshot))


def test_what_was_read_once_is_remembered_by_its_content(
    layout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    first = captured(f"oci:{layout}:1.0")
    for layer in NUMPY.manifest.layers:
        (layout / blob_file(layer.digest)).unlink()
    assert captured(f"oci:{layout}:1.0").stack == first.stack
    with pytest.raises(InputError, match="missing"):
        captured(f"oci:{layout}:1.0", Options(deep=True))
    with pytest.raises(InputError, match="missing"):
        captured(f"oci:{layout}:1.0", Options(files=True))


@pytest.fixture
def ours(tmp_path: Path) -> Callable[..., Image]:
    """An image with the annotations that samestack writes."""

    def image(*packages: str) -> Image:
        notes = [{KIND: "base"}, *({KIND: "wheel", PACKAGES: text} for text in packages)]
        layers = [tar(file(f"layer-{number}")) for number in range(len(notes))]
        return opened(tmp_path, small_image(*layers, annotations=notes))

    return image


def test_what_a_manifest_of_ours_says(ours: Callable[..., Image]) -> None:
    observation = read_annotations(ours(f"Numpy==1.26.4 {HASH}", f"click==8.1.7 {HASH}, flask==3.0.0 {HASH}"))
    assert observation is not None
    labels = [one.label for one in observation.components]
    assert labels == ["numpy 1.26.4", "click 8.1.7", "flask 3.0.0"]
    assert {one.facts["hashes"] for one in observation.components} == {(HASH,)}
    assert [one.code for one in observation.remarks] == [REMARK]


def test_what_other_manifests_say(tmp_path: Path) -> None:
    assert read_annotations(opened(tmp_path, NUMPY)) is None


@pytest.mark.parametrize(
    "text", ["numpy", "numpy==1.26.4", f"numpy==1 {HASH},flask==1 {HASH}", f"-x==1 {HASH}", ", "]
)
def test_annotations_that_nobody_of_us_wrote(ours: Callable[..., Image], text: str) -> None:
    with pytest.raises(InputError, match=PACKAGES):
        read_annotations(ours(text))


def test_variables_without_a_value_are_none(tmp_path: Path) -> None:
    image = opened(tmp_path, small_image(tar(), env=("A=1=2", "B", "C=")))
    assert variables_of(image.config.config) == {"A": "1=2", "C": ""}


def test_what_is_no_image(tmp_path: Path) -> None:
    (tmp_path / "package-1.0.tar.gz").write_bytes(b"no archive")
    with pytest.raises(InputError, match=r"package-1\.0\.tar\.gz"):
        captured(str(tmp_path / "package-1.0.tar.gz"))
    with pytest.raises(RequestError, match="no such layout or archive"):
        captured(f"oci:{tmp_path}/missing")


def test_an_image_without_a_system_or_a_python(tmp_path: Path) -> None:
    snapshot = captured(f"oci:{write_layout(tmp_path, small_image(tar(file('program', '1'))))}")
    assert not snapshot.stack.layer(Layer.PACKAGES)

"""Images read as the engines read them: Docker, podman and skopeo are the oracles, in both directions."""

import hashlib
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec import Struct

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.capture.readers.images.annotations import KIND, PACKAGES, REMARK
from samestack.compare.difference import Relation
from samestack.compare.judge import judge
from samestack.errors import InputError, RequestError
from samestack.model import Layer, Reference, Snapshot, Standing
from samestack.oci.archive.destination import archive_destination
from samestack.oci.engines.finding import engine as engine_of
from samestack.oci.engines.sources import image_source
from samestack.oci.image_name import ImageName
from samestack.oci.images import image_of
from samestack.oci.layers.merged import merged
from samestack.oci.opening import open_image
from samestack.oci.registry.opening import opened_destination
from samestack.process import run
from tests.oci.small_images import (
    SmallImage,
    directory,
    file,
    hard_link,
    small_image,
    symlink,
    tar,
    write_layout,
)
from tests.services.container_engine import ContainerEngine
from tests.services.registry_server import RegistryServer
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

NAME = "registry.example.com/team/small:1.0"
LOWER = (
    directory("usr/lib"),
    symlink("lib", "usr/lib"),
    file("usr/lib/a", "1"),
    file("gone/b", "2"),
    file("c", "3"),
)
UPPER = (
    file("usr/lib/d", "4", mode=0o4755, uid=5),
    hard_link("e", "usr/lib/d"),
    file(".wh.gone"),
    file("usr/lib/.wh.a"),
)
SMALL = small_image(tar(*LOWER), tar(*UPPER))
_OF_THE_ENGINE = (".dockerenv", "dev", "etc/host", "etc/mtab", "etc/resolv.conf", "proc", "sys", "pipe")


def archive_of(image: SmallImage, path: Path, name: str = NAME) -> Path:
    with archive_destination(path) as archive:
        image.write(archive)
        archive.name(image.descriptor, name)
    return path


def read(text: str) -> Mapping[str, tuple[object, ...]]:
    """All that we say of the files of an image."""
    with merged(open_image(text)) as files:
        return {
            path: (str(one.kind), one.mode, one.user, one.group, one.size, files.digest_of(path))
            if one.kind == "file"
            else (str(one.kind), one.mode if one.kind == "directory" else 0, one.user, one.group, one.target)
            for path, one in files.files.items()
            if not path.startswith(_OF_THE_ENGINE)
        }


def exported(archive: Path) -> Mapping[str, tuple[object, ...]]:
    """All that an engine says of the files of a container."""
    with tarfile.open(archive) as tar_file:
        members = {one.name.strip("/"): one for one in tar_file}
        kept = {path: one for path, one in members.items() if path and not path.startswith(_OF_THE_ENGINE)}
        return {path: _said(tar_file, one) for path, one in kept.items()}


def _said(archive: tarfile.TarFile, one: tarfile.TarInfo) -> tuple[object, ...]:
    if one.isdir():
        return ("directory", one.mode & 0o7777, one.uid, one.gid, "")
    if one.issym():
        return ("symlink", 0, one.uid, one.gid, one.linkname)
    target = archive.getmember(one.linkname) if one.islnk() else one
    content = archive.extractfile(one)
    assert content is not None
    digest = f"sha256:{hashlib.sha256(content.read()).hexdigest()}"
    return ("file", target.mode & 0o7777, target.uid, target.gid, target.size, digest)


@pytest.fixture(scope="module")
def built(engine: ContainerEngine, base_image: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An image that Docker built on Debian, with all that commands do to the layers below them."""
    context = tmp_path_factory.mktemp("context")
    (context / "Dockerfile").write_text(
        f"FROM {base_image}\n"
        "ENV OMP_NUM_THREADS=4 SECRET=hunter2 PATH=/opt/venv/bin:/usr/bin:/bin\n"
        "RUN rm -rf /usr/share/doc /etc/motd && ln /etc/debian_version /second && chmod 4711 /second\n"
        "RUN rm -rf /opt && mkdir -p /opt/new && echo text > /opt/new/file && ln -s new /opt/link\n"
        "RUN echo more > /lib/added && rm -rf /media && touch /media && mv /srv /served && mkfifo /pipe\n"
        "RUN python3 -m venv --without-pip /opt/venv && mkdir -p"
        " /opt/venv/lib/python3.11/site-packages/example-1.0.dist-info && printf"
        " 'Metadata-Version: 2.1\\nName: example\\nVersion: 1.0\\n'"
        " > /opt/venv/lib/python3.11/site-packages/example-1.0.dist-info/METADATA\n"
    )
    engine.build(context, "localhost/built:1.0", has_buildkit=False)
    return "localhost/built:1.0"


class Exported(Struct, frozen=True):
    """A container of that image, and what Docker exports of it."""

    container: str
    archive: Path


@pytest.fixture(scope="module")
def of_docker(engine: ContainerEngine, built: str, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    container = engine.docker("create", built, "true").output.strip()
    archive = tmp_path_factory.mktemp("export") / "export.tar"
    engine.docker("export", "--output", archive, container)
    return Exported(container, archive)


def test_an_image_of_docker_is_what_its_container_has(
    engine: ContainerEngine, built: str, of_docker: Exported
) -> None:
    ours, expected = read(f"image:{built}"), exported(of_docker.archive)
    assert ours == expected
    assert len(ours) > 5000
    assert read(f"container:{of_docker.container}") == expected


def components(snapshot: Snapshot, main: str = "") -> list[tuple[str, str, str]]:
    """An image tells no place of the Python that it is there for; a root knows of no such one."""
    return sorted((one.layer, one.label, "" if one.at == main else one.at) for one in snapshot.stack)


def test_an_image_is_captured_as_its_root_is(
    engine: ContainerEngine, built: str, of_docker: Exported, tmp_path: Path
) -> None:
    run([require_program("tar"), "--extract", f"--file={of_docker.archive}", f"--directory={tmp_path}"])
    references = (f"image:{built}", f"container:{of_docker.container}", f"rootfs:{tmp_path}")
    of_image, of_container, of_root = (capture(Reference.parse(text)) for text in references)
    assert components(of_image) == components(of_container) == components(of_root, main="/opt/venv")
    assert ("packages", "example 1.0", "") in components(of_image)
    assert len(of_image.stack.layer(Layer.SYSTEM)) > 80
    assert [(one.name, one.version) for one in of_image.configuration] == [("OMP_NUM_THREADS", "4")]
    assert judge(of_image, of_container).is_equal


def test_what_an_engine_does_not_have(engine: ContainerEngine) -> None:
    for text in ("image:localhost/missing:1.0", "container:missing", "image:--help"):
        with pytest.raises(RequestError, match=r"docker has no (image|container)"):
            open_image(text)


def test_docker_loads_what_we_write(engine: ContainerEngine, tmp_path: Path) -> None:
    archive = archive_of(SMALL, tmp_path / "small.tar")
    loaded = engine_of("docker").load(archive)
    assert loaded == NAME
    assert read(f"image:{NAME}") == read(str(archive))
    with_layers = image_of(image_source(NAME), "")
    assert with_layers.config.rootfs == open_image(str(archive)).config.rootfs


def test_podman_loads_what_we_write_and_saves_what_we_read(podman: Path, tmp_path: Path) -> None:
    archive = archive_of(SMALL, tmp_path / "small.tar")
    chosen = engine_of("podman")
    assert chosen.load(archive) == NAME
    ours = read(str(archive))
    for kind in ("docker-archive", "oci-archive"):
        saved = tmp_path / f"{kind}.tar"
        run([podman, "save", f"--format={kind}", "--output", saved, NAME])
        assert read(str(saved)) == ours
        assert read(f"oci:{saved}:{NAME}") == ours
    with merged(image_of(image_source(NAME, chosen), "")) as files:
        assert files.files.keys() == ours.keys()


def copy(source: str, destination: str) -> None:
    skopeo = require_program("skopeo")
    run([skopeo, "--insecure-policy", "copy", source, destination])


def test_skopeo_keeps_the_digest_of_what_we_write_and_we_read_what_it_writes(tmp_path: Path) -> None:
    archive = archive_of(SMALL, tmp_path / "small.tar")
    layout = write_layout(tmp_path / "layout", SMALL, "1.0")
    for number, place in enumerate((f"oci-archive:{archive}", f"oci:{layout}:1.0")):
        copy(place, f"oci:{tmp_path}/copied-{number}:2.0")
        assert open_image(f"oci:{tmp_path}/copied-{number}:2.0").descriptor.digest == SMALL.descriptor.digest
    copy(f"oci:{layout}:1.0", f"docker-archive:{tmp_path / 'old.tar'}:a/b:3.0")
    assert read(f"oci:{tmp_path / 'old.tar'}:3.0") == read(str(archive))
    copy(f"docker-archive:{archive}:{NAME}", f"oci:{tmp_path / 'again'}:1.0")
    assert read(f"oci:{tmp_path / 'again'}:1.0") == read(str(archive))


def test_a_venv_and_the_image_with_the_same_are_compared(
    engine: ContainerEngine, built: str, tmp_path: Path
) -> None:
    venv = tmp_path / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", venv])
    (site,) = (venv / "lib").glob("*/site-packages")
    (site / "example-1.0.dist-info").mkdir()
    metadata = site / "example-1.0.dist-info/METADATA"
    for version, differs in (("1.0", False), ("1.1", True)):
        metadata.write_text(f"Metadata-Version: 2.1\nName: example\nVersion: {version}\n")
        of_image, of_venv = (capture(Reference.parse(text)) for text in (f"image:{built}", f"venv:{venv}"))
        differences = judge(of_image, of_venv).differences
        found = {one.change.component.name for one in differences if one.relation is Relation.DIFFERS}
        assert ("example" in found) is differs


@pytest.mark.usefixtures("nobody")
def test_an_image_of_ours_in_a_registry_is_read_by_its_manifest(registry_server: RegistryServer) -> None:
    notes = [{KIND: "base"}, {KIND: "wheel", PACKAGES: f"numpy==1.26.4 sha256:{'ab' * 32}"}]
    image = small_image(tar(*LOWER), b"no archive", annotations=notes, env=("OMP_NUM_THREADS=2",))
    name = f"{registry_server.host}/team/ours:1.0"
    with opened_destination(ImageName.parse(name)) as registry:
        image.write(registry)
        registry.name(image.descriptor, "1.0")
    snapshot = capture(Reference.parse(f"registry:{name}"))
    assert [one.label for one in snapshot.stack] == ["numpy 1.26.4"]
    assert [(one.name, one.version) for one in snapshot.configuration] == [("OMP_NUM_THREADS", "2")]
    assert (snapshot.origin.standing, snapshot.origin.complete) == (Standing.DECIDED, (Layer.PACKAGES,))
    assert [one.code for one in snapshot.remarks] == [REMARK]
    # The layers are another story, and only now they are looked at.
    with pytest.raises(InputError, match=r"layer 2: .* no tar archive"):
        capture(Reference.parse(f"registry:{name}"), Options(deep=True))


@pytest.mark.usefixtures("nobody")
def test_an_image_of_others_in_a_registry_is_read_by_its_layers(registry_server: RegistryServer) -> None:
    name = f"{registry_server.host}/team/others:1.0"
    with opened_destination(ImageName.parse(name)) as registry:
        SMALL.write(registry)
        registry.name(SMALL.descriptor, "1.0")
    assert read(f"registry:{name}").keys() == {"c", "e", "lib", "usr", "usr/lib", "usr/lib/d"}
    assert read(f"registry:{name.removesuffix(':1.0')}@{SMALL.descriptor.digest}") == read(f"registry:{name}")
    assert capture(Reference.parse(f"registry:{name}")).origin.standing is Standing.OBSERVED

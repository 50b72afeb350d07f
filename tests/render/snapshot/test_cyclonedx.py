"""A snapshot as a CycloneDX bill of materials."""

import builtins
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given, settings
from msgspec import structs

from samestack.capture.readers.bills.cyclonedx import read
from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack
from samestack.render.snapshot.cyclonedx import encode_cyclonedx
from tests.render.samples import HOSTILE, component, observed_snapshot
from tests.strategies import snapshots

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


def bill(snapshot: Snapshot) -> dict[str, Any]:
    """The bill, which is valid."""
    data = encode_cyclonedx(snapshot)
    assert VALIDATOR.validate_str(data.decode()) is None
    document: dict[str, Any] = json.loads(data)
    return document


def bill_of(*components: Component) -> dict[str, dict[str, Any]]:
    document = bill(structs.replace(observed_snapshot(), stack=Stack.of(components)))
    return {one["bom-ref"]: one for one in document["components"]}


def only(*components: Component) -> dict[str, Any]:
    """What becomes of the last of the components in a stack of all."""
    (found,) = (one for one in bill_of(*components).values() if one["name"] == components[-1].name)
    return found


@settings(max_examples=50)
@given(snapshots)
def test_any_snapshot_gives_a_valid_bill_with_unique_references(snapshot: Snapshot) -> None:
    dated = structs.replace(snapshot.origin, captured_at="2026-11-22T09:41:07Z")
    document = bill(structs.replace(snapshot, origin=dated))
    components = document.get("components", [])
    assert len(components) == len(snapshot.stack) + len(snapshot.host)
    assert len({one["bom-ref"] for one in components}) == len(components)


def test_equal_snapshots_give_equal_bills_and_others_other_numbers() -> None:
    one, again = encode_cyclonedx(observed_snapshot()), encode_cyclonedx(observed_snapshot())
    assert one == again
    smaller = structs.replace(observed_snapshot(), stack=Stack())
    assert json.loads(one)["serialNumber"] != bill(smaller)["serialNumber"]


def test_the_environment_is_what_the_bill_describes() -> None:
    document = bill(observed_snapshot())
    metadata = document["metadata"]
    assert metadata["timestamp"] == "2026-11-22T09:41:07+00:00"
    assert metadata["component"]["name"] == "venv:environments/tom"
    assert metadata["component"]["version"] == observed_snapshot().stack.digest
    assert metadata["tools"]["components"][0]["name"] == "samestack"
    (owner,) = (one for one in document["dependencies"] if one["ref"] == "environment")
    assert len(owner["dependsOn"]) == len(document["components"])


def test_configuration_stays_out() -> None:
    assert "OMP_NUM_THREADS" not in encode_cyclonedx(observed_snapshot()).decode()


DEBIAN = component(Layer.OS, "debian", "12")
FEDORA = component(Layer.OS, "fedora", "41")


@pytest.mark.parametrize(
    ("others", "one", "purl", "kind"),
    [
        ((), component(Layer.PACKAGES, "torch", "2.0.1+cu118"), "pkg:pypi/torch@2.0.1%2Bcu118", "library"),
        ((), component(Layer.PACKAGES, "numpy", requirement=">=1"), "pkg:pypi/numpy", "library"),
        (
            (),
            component(
                Layer.PACKAGES,
                "pytorch",
                "2.1",
                ecosystem=Ecosystem.CONDA,
                build="py310_0",
                facts={"channel": "conda-forge"},
            ),
            "pkg:conda/pytorch@2.1?build=py310_0&channel=conda-forge",
            "library",
        ),
        (
            (DEBIAN,),
            component(
                Layer.SYSTEM, "libc6", "2.36-9", ecosystem=Ecosystem.DEBIAN, facts={"architecture": "amd64"}
            ),
            "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12",
            "library",
        ),
        (
            (FEDORA,),
            component(Layer.SYSTEM, "openssl-libs", "1:3.2.2-9.fc41", ecosystem=Ecosystem.RPM),
            "pkg:rpm/fedora/openssl-libs@3.2.2-9.fc41?distro=fedora-41&epoch=1",
            "library",
        ),
        (
            (),
            component(Layer.SYSTEM, "musl", "1.2.5-r0", ecosystem=Ecosystem.ALPINE),
            "pkg:apk/musl@1.2.5-r0",
            "library",
        ),
        (
            (),
            component(Layer.MODELS, "google/vit", "ABCDEF0123", ecosystem=Ecosystem.HUGGING_FACE),
            "pkg:huggingface/google/vit@abcdef0123",
            "machine-learning-model",
        ),
        ((), DEBIAN, "pkg:generic/debian@12", "operating-system"),
        ((), component(Layer.OS, "glibc", "2.36"), "pkg:generic/glibc@2.36", "library"),
        ((), component(Layer.PYTHON, "python", "3.10.13"), "pkg:generic/python@3.10.13", "platform"),
    ],
)
def test_package_urls_and_types(others: tuple[Component, ...], one: Component, purl: str, kind: str) -> None:
    found = only(*others, one)
    assert (found["purl"], found["type"]) == (purl, kind)


def test_devices_have_a_type_and_no_package_url() -> None:
    found = {one["name"]: one for one in bill(observed_snapshot())["components"]}
    assert found["gpu"]["type"] == "device"
    assert "purl" not in found["gpu"]
    assert found["nvidia-driver"]["type"] == "device-driver"
    assert found["linux"]["type"] == "operating-system"


def test_properties_say_what_cyclonedx_has_no_word_for() -> None:
    found = only(component(Layer.SYSTEM, "openblas", "0.3.21", at="numpy", build="b", content="sha256:ab"))
    said = {one["name"]: one["value"] for one in found["properties"]}
    assert said == {
        "samestack:layer": "system",
        "samestack:ecosystem": "generic",
        "samestack:at": "numpy",
        "samestack:build": "b",
        "samestack:content": "sha256:ab",
    }


def test_hashes_are_those_of_files() -> None:
    facts = {"hashes": (f"sha256:{'d' * 64}", f"md5:{'e' * 32}", "sha256:short", f"sha3:{'f' * 64}", "junk")}
    package = only(component(Layer.PACKAGES, "x", "1", content=f"sha256:{'c' * 64}", facts=facts))
    assert package["hashes"] == [{"alg": "MD5", "content": "e" * 32}, {"alg": "SHA-256", "content": "d" * 64}]
    model = only(component(Layer.MODELS, "model.onnx", content=f"sha256:{'c' * 64}"))
    assert model["hashes"] == [{"alg": "SHA-256", "content": "c" * 64}]


def test_sources_are_references_where_they_are_addresses() -> None:
    def references(source: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = only(component(Layer.PACKAGES, "x", "1", source=source)).get(
            "externalReferences", []
        )
        return found

    assert references("git+https://git.example/x@1")[0]["type"] == "vcs"
    assert references("https://packages.example/x-1.whl")[0]["type"] == "distribution"
    for odd in ("file:///home/me/x", HOSTILE, "https://example.org/%zz", "javascript:alert(1)"):
        assert references(odd) == []


def test_one_package_several_times_has_several_references() -> None:
    found = bill_of(
        component(Layer.PACKAGES, "numpy", "1.0"), component(Layer.PACKAGES, "numpy", "1.0", build="x")
    )
    names = [name for name in found if name.startswith("packages/")]
    assert names == ["packages/pkg:pypi/numpy@1.0", "packages/pkg:pypi/numpy@1.0#2"]


def test_hostile_texts_are_valid_too() -> None:
    for one in Ecosystem:
        assert only(component(Layer.PACKAGES, HOSTILE, HOSTILE, ecosystem=one, at=HOSTILE, source=HOSTILE))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "bill.cdx.json"
    path.write_bytes(encode_cyclonedx(observed_snapshot()))
    written = {one.label for one in observed_snapshot().stack.layer(Layer.PACKAGES)}
    assert written <= {one.label for one in read(path).components}


@pytest.mark.parametrize("moment", ["", "yesterday"])
def test_a_snapshot_without_a_time_is_refused(moment: str) -> None:
    origin: Origin = structs.replace(observed_snapshot().origin, captured_at=moment)
    with pytest.raises(RequestError, match="when it was taken") as refused:
        encode_cyclonedx(structs.replace(observed_snapshot(), origin=origin))
    assert refused.value.hint


def test_without_the_library_a_hint_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("cyclonedx", "samestack.render.snapshot.bill"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    really_import = builtins.__import__

    def without_it(name: str, *rest: Any) -> Any:
        if name.startswith("cyclonedx"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return really_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_it)
    with pytest.raises(RequestError, match="not installed: cyclonedx") as refused:
        encode_cyclonedx(observed_snapshot())
    assert refused.value.hint == 'install it with: pip install "samestack[sbom]"'

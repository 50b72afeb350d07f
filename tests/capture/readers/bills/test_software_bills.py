import pytest

from samestack.capture.observation import Observation
from samestack.capture.readers.bills.software_bills import MODEL, OPERATING_SYSTEM, BillEntry, observe_bill
from samestack.model import Ecosystem, Layer


def observed(**entry: object) -> Observation:
    return observe_bill([BillEntry(**({"place": "components[0]", "name": "x"} | entry))], "bom.json")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "layer", "ecosystem", "name", "version"),
    [
        ("pkg:pypi/Torch@2.1.0%2Bcu118", Layer.PACKAGES, Ecosystem.PYPI, "torch", "2.1.0+cu118"),
        ("pkg:pypi/torch", Layer.PACKAGES, Ecosystem.PYPI, "torch", None),
        ("pkg:conda/numpy@1.26.4?build=py310_0", Layer.PACKAGES, Ecosystem.CONDA, "numpy", "1.26.4"),
        ("pkg:apk/alpine/musl@1.2.4-r2?arch=x86_64", Layer.SYSTEM, Ecosystem.ALPINE, "musl", "1.2.4-r2"),
        ("pkg:rpm/fedora/bash@5.2-1?epoch=0", Layer.SYSTEM, Ecosystem.RPM, "bash", "5.2-1"),
        ("pkg:deb/debian/bash@1:5.2?epoch=1", Layer.SYSTEM, Ecosystem.DEBIAN, "bash", "1:5.2"),
        ("pkg:huggingface/gpt2@abc", Layer.MODELS, Ecosystem.HUGGING_FACE, "gpt2", "abc"),
        ("pkg:generic/OpenSSL@3.0", Layer.SYSTEM, Ecosystem.GENERIC, "openssl", "3.0"),
        ("pkg:generic/cuda@11.8", Layer.ACCELERATOR, Ecosystem.GENERIC, "cuda", "11.8"),
    ],
)
def test_a_package_url_tells_what_it_is(
    url: str, layer: Layer, ecosystem: Ecosystem, name: str, version: str | None
) -> None:
    (component,) = observed(package_url=url).components
    assert (component.layer, component.ecosystem, component.name, component.version) == (
        layer,
        ecosystem,
        name,
        version,
    )


def test_a_purpose_tells_what_has_no_package_url() -> None:
    (system,) = observed(name="Debian", version="12", purpose=OPERATING_SYSTEM).components
    assert (system.layer, system.name, system.version) == (Layer.OS, "debian", "12")
    (model,) = observed(name="detector.onnx", purpose=MODEL, hashes=(("SHA-256", "a" * 64),)).components
    assert (model.layer, model.facts) == (Layer.MODELS, {"hashes": (f"sha256:{'a' * 64}",)})


@pytest.mark.parametrize("purpose", ["", "library", "container", "file"])
def test_what_nothing_identifies_is_counted(purpose: str) -> None:
    (remark,) = observed(purpose=purpose).remarks
    assert remark.message.endswith(": 1 without a package URL")


def test_packages_of_other_kinds_are_counted_by_kind() -> None:
    kinds = ["npm", "golang", "npm"]
    entries = [
        BillEntry(place="", name="x", package_url=f"pkg:{kind}/x{number}")
        for number, kind in enumerate(kinds)
    ]
    remarks = observe_bill(entries, "bom.json").remarks
    assert [remark.message.partition(": ")[2] for remark in remarks] == ["1 of type golang", "2 of type npm"]


@pytest.mark.parametrize(
    "entry",
    [
        {"package_url": "numpy"},
        {"package_url": "pkg:pypi/-"},
        {"package_url": "pkg:conda/numpy"},
        {"package_url": "pkg:generic/https://user:hunter2@host.example/"},
        {"package_url": "pkg:huggingface/https://user:hunter2@host.example/a@1"},
        {"package_url": "pkg:pypi/a@1", "hashes": (("SHA-256", "hunter2"),)},
        {"name": "", "purpose": OPERATING_SYSTEM},
    ],
)
def test_an_unreadable_entry_is_counted_and_tells_no_secret(entry: dict[str, object]) -> None:
    observation = observed(**entry)
    assert [remark.code for remark in observation.remarks] == ["malformed-entry"]
    assert "components[0]: " in observation.remarks[0].message
    assert "hunter2" not in str(observation)

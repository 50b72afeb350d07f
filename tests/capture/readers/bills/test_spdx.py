import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.readers.bills.spdx import read
from samestack.errors import InputError
from samestack.model import Ecosystem, Layer
from tests import malformed


def purl(locator: str) -> dict[str, str]:
    return {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}


VERSION_2: dict[str, Any] = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "packages": [
        {
            "name": "numpy",
            "SPDXID": "SPDXRef-1",
            "versionInfo": "1.26.4",
            "downloadLocation": "NOASSERTION",
            "checksums": [{"algorithm": "SHA256", "checksumValue": "a" * 64}],
            "externalRefs": [
                {
                    "referenceCategory": "SECURITY",
                    "referenceType": "cpe23Type",
                    "referenceLocator": "cpe:2.3:a:numpy",
                },
                purl("pkg:pypi/numpy@1.26.4"),
            ],
        },
        {"name": "libc6", "externalRefs": [purl("pkg:deb/debian/libc6@2.36?arch=amd64")]},
        {"name": "debian", "versionInfo": "12", "primaryPackagePurpose": "OPERATING-SYSTEM"},
        {"name": "the-image", "primaryPackagePurpose": "CONTAINER"},
    ],
    "relationships": [],
}
VERSION_3: dict[str, Any] = {
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
        {"type": "CreationInfo", "@id": "_:creation", "specVersion": "3.0.1"},
        {"type": "SpdxDocument", "spdxId": "urn:document", "name": "bill", "creationInfo": "_:creation"},
        {
            "type": "software_Package",
            "spdxId": "urn:1",
            "name": "numpy",
            "software_packageVersion": "1.26.4",
            "software_packageUrl": "pkg:pypi/numpy@1.26.4",
            "verifiedUsing": [{"type": "Hash", "algorithm": "sha256", "hashValue": "a" * 64}],
        },
        {
            "type": "software_Package",
            "name": "libc6",
            "externalIdentifier": [
                {"externalIdentifierType": "packageUrl", "identifier": "pkg:deb/debian/libc6@2.36?arch=amd64"}
            ],
            "verifiedUsing": ["_:hash"],
        },
        {
            "type": "software_Package",
            "name": "debian",
            "software_packageVersion": "12",
            "software_primaryPurpose": "operatingSystem",
        },
        {"type": "software_Package", "name": "the-image"},
        {"type": "Relationship", "from": "urn:document", "to": ["urn:1"]},
    ],
}


def write(directory: Path, document: object) -> Path:
    path = directory / "bom.spdx.json"
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize("document", [VERSION_2, VERSION_2 | {"spdxVersion": "SPDX-2.2"}, VERSION_3])
def test_packages_by_their_package_urls(tmp_path: Path, document: object) -> None:
    observation = read(write(tmp_path, document))
    assert {(one.layer, one.ecosystem, one.name, one.version) for one in observation.components} == {
        (Layer.PACKAGES, Ecosystem.PYPI, "numpy", "1.26.4"),
        (Layer.SYSTEM, Ecosystem.DEBIAN, "libc6", "2.36"),
        (Layer.OS, Ecosystem.GENERIC, "debian", "12"),
    }
    numpy = next(one for one in observation.components if one.name == "numpy")
    assert numpy.facts == {"hashes": (f"sha256:{'a' * 64}",)}
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("not-of-a-stack", "unidentified")
    ]


def test_a_model_is_one_by_its_type(tmp_path: Path) -> None:
    element = {"type": "ai_AIPackage", "name": "detector", "software_packageVersion": "7"}
    (model,) = read(write(tmp_path, VERSION_3 | {"@graph": [element]})).components
    assert (model.layer, model.name, model.version) == (Layer.MODELS, "detector", "7")


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"spdxVersion": "SPDX-1.2"}, "spdxVersion: not an SPDX document of version 2 or 3"),
        ({}, "spdxVersion: not an SPDX document of version 2 or 3"),
        ([], "Expected `object`, got `array`"),
        (VERSION_2 | {"packages": [{}]}, r"\$\.packages\[0\]: Object missing required field `name`"),
        ({"@graph": {}}, r"\$\.@graph: Expected `array \| null`, got `object`"),
    ],
)
def test_what_is_no_bill(tmp_path: Path, document: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read(write(tmp_path, document))


@given(st.sampled_from([VERSION_2, VERSION_3]).flatmap(malformed.mutated))
def test_whatever_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("bom.spdx.json", malformed.as_json(document)) as path:
        malformed.assert_reads_or_refuses(read, path)


@given(malformed.corrupted_text(json.dumps(VERSION_2)))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("bom.spdx.json", content) as path:
        malformed.assert_reads_or_refuses(read, path)

"""direct_url.json: sources that say what a package is, places that do not, and no secrets."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.direct_url import DirectUrl, direct_url
from tests.malformed import as_json, corrupted_text, mutated

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGITS = "ab" * 32
REPOSITORY = {
    "url": "https://user:hunter2@host.example/team/demo.git",
    "vcs_info": {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"},
    "subdirectory": "python",
}
ARCHIVE = {
    "url": "https://host.example/demo-1.0.whl?token=hunter2#sha256=00",
    "archive_info": {"hash": f"sha256={DIGITS}", "hashes": {"sha256": DIGITS.upper()}},
}
EDITABLE = {"url": "file:///home/someone/a%20project", "dir_info": {"editable": True}}


def read(document: Any) -> DirectUrl:
    return direct_url(json.dumps(document).encode())


def test_a_repository_is_its_address_and_its_commit() -> None:
    expected = f"git+https://host.example/team/demo.git@{COMMIT}#subdirectory=python"
    assert read(REPOSITORY) == DirectUrl(source=expected)
    assert read({**REPOSITORY, "subdirectory": None}).source == expected.partition("#")[0]
    ssh = {**REPOSITORY, "url": "ssh://git@host.example/demo"}
    assert read(ssh).source == f"git+ssh://git@host.example/demo@{COMMIT}#subdirectory=python"


def test_an_archive_is_its_address_and_its_hash() -> None:
    expected = DirectUrl(source="https://host.example/demo-1.0.whl", hashes=(f"sha256:{DIGITS}",))
    assert read(ARCHIVE) == expected
    assert read({**ARCHIVE, "archive_info": {"hash": f"sha256={DIGITS}"}}) == expected
    assert read({**ARCHIVE, "archive_info": {}}).hashes == ()


def test_a_local_place_is_no_source() -> None:
    assert read(EDITABLE) == DirectUrl(path="/home/someone/a project", is_editable=True)
    assert read({**EDITABLE, "dir_info": {}}) == DirectUrl(path="/home/someone/a project")
    local = {"url": "file:///wheels/demo-1.0.whl", "archive_info": {"hashes": {"sha256": DIGITS}}}
    assert read(local) == DirectUrl(path="/wheels/demo-1.0.whl", hashes=(f"sha256:{DIGITS}",))


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"url": 1},
        {"url": "/no/scheme"},
        {"url": "https://[", "archive_info": {}},
        {**REPOSITORY, "vcs_info": {"vcs": "git"}},
        {**REPOSITORY, "vcs_info": {"vcs": "git", "commit_id": "a b"}},
        {**REPOSITORY, "vcs_info": {"vcs": "GIT+", "commit_id": COMMIT}},
        {**ARCHIVE, "archive_info": {"hashes": {"sha256": 1}}},
    ],
)
def test_what_is_malformed_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match=r"^[\w .]+$"):
        read(document)


@given(st.sampled_from((REPOSITORY, ARCHIVE, EDITABLE)).flatmap(mutated).map(as_json))
def test_whatever_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    try:
        found = direct_url(content)
    except ValueError:
        return
    written = msgspec.json.encode(found)
    assert msgspec.json.decode(written, type=DirectUrl) == found
    assert b"hunter2" not in written


@given(corrupted_text(json.dumps(ARCHIVE)) | st.binary(max_size=100))
def test_no_bytes_bring_it_down(content: bytes) -> None:
    try:
        direct_url(content)
    except ValueError:
        return

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.readers.conda.conda_records import (
    CondaRecord,
    archive_of,
    channel_name,
    component_of,
    shown_address,
)
from samestack.model import Component, Ecosystem, Layer

NUMPY = CondaRecord(name="numpy", version="1.26.4", build="py310h9d1ae3e_0")


def test_a_record_is_a_component() -> None:
    record = CondaRecord(
        name="NumPy",
        version="1.26.4",
        build="py310h9d1ae3e_0",
        channel="https://conda.example/conda-forge/linux-64",
        md5="A" * 32,
        sha256="b" * 64,
        depends=("python >=3.10",),
    )
    assert component_of(record, at="envs/x", requested="numpy") == Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.CONDA,
        name="numpy",
        at="envs/x",
        version="1.26.4",
        build="py310h9d1ae3e_0",
        facts={"channel": "conda-forge", "hashes": (f"md5:{'a' * 32}", f"sha256:{'b' * 64}")},
        circumstances={"requested": "numpy"},
    )


@pytest.mark.parametrize(
    "record",
    [
        CondaRecord(name="", version="1"),
        CondaRecord(name="num py", version="1"),
        CondaRecord(name="numpy", version=""),
        CondaRecord(name="numpy", version="https://user:hunter2@host.example"),
        CondaRecord(name="numpy", version="1", build="a b"),
        CondaRecord(name="numpy", version="1", md5="hunter2"),
        CondaRecord(name="numpy", version="1", sha256="0" * 63),
    ],
)
def test_a_malformed_record_is_refused_without_repeating_it(record: CondaRecord) -> None:
    with pytest.raises(ValueError, match=r"^its \w+( string)? is not") as refusal:
        component_of(record)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (
            "https://conda.example/conda-forge/linux-64/libgcc-ng-13.2.0-h807b86f_5.conda",
            ("libgcc-ng", "13.2.0", "h807b86f_5", "https://conda.example/conda-forge/linux-64"),
        ),
        (
            "https://c.example/x/noarch/a-1%212.0-0.tar.bz2#0123",
            ("a", "1!2.0", "0", "https://c.example/x/noarch"),
        ),
        ("/opt/channel/noarch/six-1.16.0-py_0.tar.bz2", ("six", "1.16.0", "py_0", "/opt/channel/noarch")),
        ("six-1.16.0-py_0.conda", ("six", "1.16.0", "py_0", "")),
    ],
)
def test_the_name_of_an_archive_tells_what_it_is(location: str, expected: tuple[str, ...]) -> None:
    archive = archive_of(location)
    assert (archive.name, archive.version, archive.build, archive.channel) == expected


@pytest.mark.parametrize(
    "location", ["", "numpy", "numpy-1.conda", "https://c.example/x/numpy-1-0.whl", "../x"]
)
def test_what_is_no_archive_is_refused(location: str) -> None:
    with pytest.raises(ValueError, match="not the address of a conda package"):
        archive_of(location)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("conda-forge", "conda-forge"),
        ("conda-forge/linux-64", "conda-forge"),
        ("pkgs/main", "pkgs/main"),
        ("https://conda.example/conda-forge/linux-64", "conda-forge"),
        ("https://mirror.example/conda-forge/", "conda-forge"),
        ("https://conda.example/pkgs/main/noarch", "pkgs/main"),
        ("https://conda.example/nvidia/label/cuda-11.8.0/linux-64", "nvidia/label/cuda-11.8.0"),
        ("https://user:hunter2@conda.example/t/hunter2/private/noarch", "private"),
        (
            "https://a.example/artifactory/api/conda/mirror/linux-64",
            "https://a.example/artifactory/api/conda/mirror",
        ),
        ("file:///opt/channel/linux-64", "file:///opt/channel"),
        ("/opt/channel/noarch", "/opt/channel"),
        ("https://conda.example/private?token=hunter2", "private"),
        ("", ""),
    ],
)
def test_a_channel_is_named_as_people_call_it(address: str, expected: str) -> None:
    assert channel_name(address) == expected


@given(st.text("htcond.:/?#=&[]-64", max_size=30))
def test_no_address_keeps_its_credentials(rest: str) -> None:
    assert "hunter2" not in channel_name(f"https://user:hunter2@conda.example/t/hunter2/{rest}")


def test_a_token_is_cut_out_wherever_it_stands() -> None:
    text = "https://u:hunter2@conda.example/t/hunter2/private::numpy"
    assert shown_address(text) == "https://conda.example/private::numpy"

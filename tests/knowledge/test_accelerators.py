"""The tables of what NVIDIA's software and the frameworks need of one another hold together."""

import pytest
from packaging.version import Version

from samestack.knowledge.accelerators import lowest_drivers, tensorflow_cuda, torch_companions, torch_gpus


def test_drivers_stand_by_cuda_the_newest_first() -> None:
    rows = lowest_drivers().rows
    drivers = [Version(row.driver) for row in rows]
    assert drivers == sorted(drivers, reverse=True)
    assert all(row.sources and all(one.startswith("https://") for one in row.sources) for row in rows)


def test_from_cuda_11_on_a_major_version_has_one_driver() -> None:
    drivers = lowest_drivers()
    assert {drivers.of(one) for one in ("12", "12.0", "12.9")} == {drivers.of("12")}
    assert drivers.of("11.0") != drivers.of("11.1")
    assert drivers.of("14.0") is None
    newest = drivers.newest(Version("470.57.02"))
    assert newest is not None
    assert newest.cuda == "11"
    assert drivers.newest(Version("300.1")) is None


@pytest.mark.parametrize(
    ("capability", "torch"), [((9, 0), "2.0.1"), ((10, 3), "2.7.0"), ((12, 1), "2.7.0"), ((8, 6), None)]
)
def test_the_first_torch_of_a_gpu(capability: tuple[int, int], torch: str | None) -> None:
    row = torch_gpus().first(capability)
    assert (row.torch if row else None) == torch


def test_older_gpus_end_with_a_cuda() -> None:
    for capability in ((5, 0), (6, 1), (7, 0)):
        row = torch_gpus().last(capability)
        assert row is not None
        assert row.cuda == "12.6"
    assert torch_gpus().last((7, 5)) is None
    assert torch_gpus().last((3, 7)) is None


@pytest.mark.parametrize("name", ["torchvision", "torchaudio", "torchtext"])
def test_companions_rise_with_torch(name: str) -> None:
    companion = torch_companions().of(name)
    pairs = sorted((Version(one), Version(torch)) for one, torch in companion.torch.items())
    torches = [torch for _, torch in pairs]
    assert torches == sorted(set(torches))
    assert set(companion.and_later) <= set(companion.torch)
    assert companion.sources


def test_tensorflow_s_cuda_rises_with_its_releases() -> None:
    table = tensorflow_cuda()
    ordered = sorted(table.releases, key=Version)
    versions = [Version(table.releases[one][0]) for one in ordered]
    assert versions == sorted(versions)
    assert table.of("2.15") == ("12.2", "8.9")
    assert table.of("9.9") is None

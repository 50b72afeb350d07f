"""The picture: every layer and package where it belongs, as large as it is."""

import pytest

from samestack.render.images.treemap import HEIGHT, WIDTH, Block, treemap
from tests.render.images.weighed_images import empty, helpdesk

AREA = WIDTH * HEIGHT


def block_of(number: int) -> Block:
    return next(one for one in treemap(helpdesk()) if one.title.startswith(f"layer {number}:"))


def test_blocks_are_as_large_as_their_layers() -> None:
    total = sum(one.unpacked for one in helpdesk().layers)
    for layer in helpdesk().layers[:3]:
        assert block_of(layer.number).place.area == pytest.approx(AREA * layer.unpacked / total)


def test_the_picture_is_full() -> None:
    assert sum(one.place.area for one in treemap(helpdesk())) == pytest.approx(AREA)


def test_cells_lie_within_their_block() -> None:
    for block in treemap(helpdesk(crowd=300)):
        for cell in block.cells:
            assert cell.place.x >= block.place.x - 1e-6
            assert cell.place.y >= block.place.y - 1e-6
            assert cell.place.x + cell.place.width <= block.place.x + block.place.width + 1e-6
            assert cell.place.y + cell.place.height <= block.place.y + block.place.height + 1e-6


def test_what_is_hidden_is_shown() -> None:
    tones = {cell.tone: cell.title for cell in block_of(1).cells}
    assert tones["hidden"] == "hidden by layers above, 9.0 MB"
    assert tones.keys() == {"hidden", "system", "place"}


def test_a_layer_of_one_package_is_called_after_it() -> None:
    assert block_of(2).head == "2  torch 2.13.0"


def test_labels_fit_into_their_cells() -> None:
    for block in treemap(helpdesk(crowd=300)):
        for cell in block.cells:
            assert len(cell.lines) * 15 <= cell.place.height
            assert all(len(line) * 5 <= cell.place.width for line in cell.lines)


def test_what_is_too_small_to_be_seen_is_drawn_together() -> None:
    blocks = treemap(helpdesk(crowd=3000))
    assert sum(len(one.cells) for one in blocks) < 1500
    titles = [cell.title for one in blocks for cell in one.cells if cell.tone == "rest"]
    assert any("smaller ones" in one for one in titles)


def test_nothing_is_drawn_of_nothing() -> None:
    assert treemap(empty()) == ()

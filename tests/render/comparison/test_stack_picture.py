"""The picture: a plate a layer, broken where something differs."""

from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.comparison.stack_picture import Plate, picture_height, stack_picture
from tests.render.samples import environment_and_wish, equal, two_environments


def plates(picture: tuple[Plate, ...]) -> dict[Layer, Plate]:
    return {plate.layer: plate for plate in picture}


def corners(plate: Plate) -> list[tuple[int, int]]:
    points = (
        point for half in plate.halves for outline in (half.top, half.side) for point in outline.split()
    )
    return [(int(x), int(y)) for x, y in (point.split(",") for point in points)]


def test_the_deepest_layer_is_drawn_first_and_lowest() -> None:
    picture = stack_picture(equal())
    assert [plate.layer for plate in picture] == list(Layer)
    heights = [plate.middle for plate in picture]
    assert heights == sorted(heights, reverse=True)


def test_everything_is_inside_the_drawing() -> None:
    for plate in stack_picture(two_environments()):
        assert all(0 <= x <= plate.edge and 0 <= y <= picture_height() for x, y in corners(plate))


def test_a_plate_breaks_where_something_differs_and_takes_its_colour() -> None:
    found = plates(stack_picture(two_environments()))
    assert found[Layer.PACKAGES].tone == Risk.BREAKS
    assert found[Layer.MODELS].tone == "same"
    assert found[Layer.PACKAGES].edge > found[Layer.MODELS].edge
    assert len(corners(found[Layer.PACKAGES])) > len(corners(found[Layer.MODELS]))


def test_a_side_that_says_nothing_is_drawn_as_missing() -> None:
    found = plates(stack_picture(environment_and_wish()))
    assert [half.is_stated for half in found[Layer.KERNEL].halves] == [True, False]
    assert [half.is_stated for half in found[Layer.PACKAGES].halves] == [True, True]
    assert [half.is_stated for half in found[Layer.MODELS].halves] == [True, True]

"""The web of the conflicts: what is in it, how it is linked, and that it can be drawn."""

from itertools import combinations

import pytest

from samestack.render.explanation.conflict_web import web_of
from samestack.render.explanation.explanation_tree import conflict_lines
from samestack.render.explanation.web_picture import web_picture
from samestack.render.explanation.wish_chains import wish_chains
from samestack.solve.explanation import Chain, Conflict, Demand
from samestack.solve.problem import Wish
from tests.render import explanations


def test_what_conflicts_have_in_common_stands_once() -> None:
    web = web_of(explanations.visionary().explanation.conflicts)
    titles = [(node.kind, node.title) for node in web.nodes]
    assert len(titles) == len(set(titles))
    (numpy,) = (node for node in web.nodes if node.kind == "contested" and node.title == "numpy")
    assert (numpy.numbers, numpy.note) == ([1, 2], "no version suits all")
    (cuda,) = (node for node in web.nodes if node.title == "__cuda")
    assert cuda.note == "the accelerator is refused"


def test_links_follow_the_chains() -> None:
    web = web_of(explanations.two_conflicts().explanation.conflicts)
    nodes = {node.key: node for node in web.nodes}
    links = [(nodes[one.source].title, one.row, nodes[one.target].title, one.is_clash) for one in web.threads]
    assert links == [
        ("tensorflow==2.15.0", None, "tensorflow 2.15.0", False),
        ("tensorflow 2.15.0", 0, "numpy", True),
        ("numpy>=2.1", None, "numpy", True),
        ("requests==2.31.0", None, "requests 2.31.0", False),
        ("requests 2.31.0", 0, "urllib3", True),
        ("urllib3==1.20", None, "urllib3", True),
    ]


def test_a_circle_of_packages_is_cut() -> None:
    def steps(wish: Wish, *askers: str) -> Chain:
        demands = (Demand(asker=asker, wanted=f"{asker}-wants") for asker in askers)
        return Chain((Demand(asker="you", wanted=wish.text), *demands))

    one, other = Wish(text="one"), Wish(text="other")
    conflict = Conflict(
        wishes=(one, other),
        contested="x",
        layer="packages",
        chains=(steps(one, "a 1", "b 1", "a 1"), steps(other, "b 1", "a 1")),
        sentence="",
    )
    picture = web_picture([conflict])
    assert [figure.title.text for figure in picture.figures].count("a 1") >= 2
    assert picture.width > 0


@pytest.mark.parametrize("name", ["two_conflicts", "visionary", "hostile", "large"])
def test_no_box_lies_on_another(name: str) -> None:
    picture = web_picture(getattr(explanations, name)().explanation.conflicts)
    for one, other in combinations(picture.figures, 2):
        is_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert is_beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for figure in picture.figures:
        assert figure.x + figure.width <= picture.width
        assert figure.y + figure.height <= picture.height
        for line in (figure.title, *figure.rows, *([figure.note] if figure.note else [])):
            assert figure.x < line.x < figure.x + figure.width
            assert figure.y < line.y < figure.y + figure.height


def test_long_texts_are_cut_and_kept_whole_beside() -> None:
    wish = Wish(text=f"{'x' * 200}>=1")
    conflict = Conflict(wishes=(wish,), contested="y", layer="index", chains=(), sentence="")
    (figure, _) = sorted(web_picture([conflict]).figures, key=lambda one: one.x)
    assert figure.title.text.endswith("…")
    assert figure.title.whole == wish.text
    assert figure.width < 400


def test_without_conflicts_there_is_nothing_to_see() -> None:
    assert web_picture([]).figures == ()


def test_chains_find_their_wishes_in_whatever_order_they_come() -> None:
    marked = Wish(text='b<2,>=1; python_version < "3.12"')
    other, aside = Wish(text="a==1"), Wish(text="c==3")
    conflict = Conflict(
        wishes=(other, marked, aside),
        contested="b",
        layer="packages",
        chains=(
            Chain((Demand(asker="you", wanted="b<2,>=1"),)),
            Chain((Demand(asker="you", wanted="a==1"), Demand(asker="a 1", wanted="b>2"))),
            Chain((Demand(asker="you", wanted="a==1"), Demand(asker="a 1", wanted="b>3"))),
            Chain((Demand(asker="you", wanted="c==3"),)),
            Chain((Demand(asker="the target", wanted="b 5"),)),
        ),
        sentence="",
    )
    assert [one.chains for one in wish_chains(conflict)] == [
        ((Demand(asker="a 1", wanted="b>2"),), (Demand(asker="a 1", wanted="b>3"),)),
        ((),),
        ((),),
    ]
    web = web_of([conflict])
    nodes = {node.key: node for node in web.nodes}
    clashes = [(nodes[one.source].title, one.row) for one in web.threads if one.is_clash]
    assert clashes == [("a 1", 0), ("a 1", 1), (marked.text, None), ("the target", None)]
    assert [guide + line.plain for guide, line in conflict_lines(conflict)] == [
        "├─ a==1  the command line",
        "│  ├─ a 1 asks for b>2",
        "│  └─ a 1 asks for b>3",
        f"├─ {marked.text}  the command line",
        "├─ c==3  the command line",
        "└─ the target has b 5",
    ]

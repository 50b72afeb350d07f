"""The server answers over real HTTP."""

from __future__ import annotations

import json
from threading import Thread
from typing import Any, Dict, Iterator, Tuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pandas as pd
import pytest

from recommender.model import Model
from recommender.recommend import Shop
from recommender.server import make_server


@pytest.fixture(scope="module")
def address(model: Model, ratings: pd.DataFrame) -> Iterator[str]:
    """Where the server listens."""
    with make_server(Shop(model, ratings), "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def ask(address: str) -> Tuple[int, Dict[str, Any]]:
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 (our own server)
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_it_recommends(address: str, model: Model, ratings: pd.DataFrame) -> None:
    status, answer = ask(f"{address}/recommendations?customer=factory-007&count=3")
    assert status == 200
    assert answer["customer"] == "factory-007"
    expected = Shop(model, ratings).recommend("factory-007", 3)
    assert answer["recommendations"] == [one.as_json() for one in expected]


def test_it_is_well(address: str) -> None:
    assert ask(f"{address}/health") == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 404),
        ("/recommendations", 400),
        ("/recommendations?customer=a&customer=b", 400),
        ("/recommendations?customer=a&count=0", 400),
        ("/recommendations?customer=a&count=-1", 400),
        ("/recommendations?customer=a&count=many", 400),
    ],
)
def test_what_it_cannot_answer_it_says(address: str, path: str, status: int) -> None:
    answered, document = ask(address + path)
    assert answered == status
    assert list(document) == ["error"]

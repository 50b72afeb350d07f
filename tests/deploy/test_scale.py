"""Quantities as Kubernetes writes them."""

from decimal import Decimal

import pytest

from samestack.deploy.scale import quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("250m", "0.25"),
        ("1.5", "1.5"),
        ("2k", "2000"),
        ("512Mi", 512 * 1024**2),
        ("1.5Gi", 1024**3 * 3 // 2),
        ("3Ki", 3072),
        ("1Ei", 1024**6),
        ("1M", 10**6),
        ("2E", 2 * 10**18),
    ],
)
def test_a_quantity_is_cores_or_bytes(text: str, number: str | int) -> None:
    assert quantity(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "m", "-1", "1 Gi", "1gi", "1K", "\u0661", "1e3", "1Mib", "1\n"])
def test_anything_else_is_none(text: str) -> None:
    assert quantity(text) is None

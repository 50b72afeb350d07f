"""What kind of answer a field holds, told from its type, its shape and its name."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.recording.recording import Array, Picture, Value

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

_FILES: Final = re.compile(r"\.(?:csv|jpe?g|jsonl?|npy|npz|parquet|png|txt)$")
_BOXES: Final = frozenset(
    {"box", "boxes", "bbox", "bboxes", "rect", "rects", "rectangle", "rectangles", "obb"}
)
_CLASSES: Final = frozenset(
    {"class", "classes", "label", "labels", "category", "categories", "decision", "decisions", "intent"}
    | {"pred", "preds", "predicted", "prediction", "predictions", "verdict", "verdicts"}
)
_GROUPS: Final = frozenset({"cluster", "clusters", "clustering"})
_BEST: Final = frozenset({"topk", "top5", "top10", "neighbour", "neighbours", "neighbor", "neighbors"})
_SCORES: Final = frozenset(
    {"logit", "logits", "prob", "probs", "proba", "probability", "probabilities", "softmax"}
)
_VECTORS: Final = frozenset({"embed", "embedding", "embeddings", "encoding", "hidden", "latent"})
_MASKS: Final = frozenset({"labelmap", "mask", "masks", "segmentation"})
_PICTURES: Final = frozenset(
    {"frame", "image", "images", "photo", "picture", "pictures", "pixels", "thumbnail"}
)
_FIGURES: Final = frozenset(
    {"accuracy", "auc", "auprc", "auroc", "bleu", "cer", "f1", "loss", "mae", "map", "miou", "mrr", "mse"}
    | {"ndcg", "perplexity", "r2", "rmse", "rouge", "wer"}
)
_TIMES: Final = frozenset({"elapsed", "latencies", "latency", "runtime", "walltime"})
"""Not ``seconds`` or ``duration``: where somebody speaks in a recording is an answer."""

_FEW_LABELS: Final = 0.5
"""The share of texts, at most, that differ from each other, for them to be labels."""
_LONGEST_LABEL: Final = 40
_LEAST_PICTURE: Final = 8
"""Pixels on each side; what is smaller is a table of numbers."""


def kind_of(name: str, values: Sequence[Value]) -> Kind:
    """The kind of the field ``name`` that had these values, for all inputs and repeats.

    A guess that a project can overrule: names are only asked where types and shapes leave it open.
    """
    known = [value for value in values if value is not None]
    words = words_of(name)
    if not known:
        return Kind.EXACT
    if all(isinstance(value, Picture) for value in known):
        return Kind.MASK if words & _MASKS else Kind.PICTURE
    if any(isinstance(value, Picture) for value in known):
        return Kind.EXACT
    return _of_arrays(words, [np.asarray(value) for value in known])


def words_of(name: str) -> frozenset[str]:
    """The words in the last part of a path, in small letters: of ``a.topK[2]`` they are top, k and topk."""
    path = _FILES.sub("", re.sub(r"\[\d+\]", "", name))
    words = [word.lower() for word in _WORD.findall(re.split(r"[.\[]", path)[-1])]
    return frozenset((*words, *map("".join, pairwise(words))))


def _of_arrays(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    kinds = {array.dtype.kind for array in arrays}
    for fitting, told in _TELLERS:
        if kinds <= fitting:
            return told(words, arrays)
    return Kind.EXACT


def _of_truths(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    is_flat = all(array.ndim < 2 for array in arrays)
    return Kind.CLASS if is_flat and not words & _MASKS else Kind.MASK


def _of_texts(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    if words & _GROUPS and _have(arrays, 1):
        return Kind.LABELS
    if words & _BEST and _have(arrays, 1):
        return Kind.TOP_K
    return Kind.CLASS if words & _CLASSES or _are_few(arrays) else Kind.TEXT


def _of_integers(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    if words & _BOXES and _are_boxes(arrays):
        return Kind.BOXES
    if words & _MASKS and _have(arrays, 2):
        return Kind.MASK
    if all(map(_is_picture, arrays)) or (words & _PICTURES and all(map(_has_pixels, arrays))):
        return Kind.PICTURE
    return _of_labels(words, arrays)


def _of_labels(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    if words & _GROUPS and _have(arrays, 1):
        return Kind.LABELS
    if words & _BEST and _have(arrays, 1):
        return Kind.TOP_K
    return Kind.CLASS if words & _CLASSES else Kind.INTEGER


def _of_numbers(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    if words & _BOXES and _are_boxes(arrays):
        return Kind.BOXES
    if words & _VECTORS and _have(arrays, 1):
        return Kind.EMBEDDING
    are_scores = words & _SCORES or ("scores" in words and _have(arrays, 2))
    if _have(arrays, 1) and (are_scores or all(map(_are_shares, arrays))):
        return Kind.PROBABILITIES
    return _of_figures(words, arrays)


def _of_figures(words: frozenset[str], arrays: Sequence[Array]) -> Kind:
    if words & _TIMES:
        return Kind.LATENCY
    if words & _FIGURES and not _have(arrays, 1):
        return Kind.METRIC
    are_whole = all(bool((array == np.round(array)).all()) for array in arrays)
    return Kind.CLASS if words & _CLASSES and are_whole else Kind.FLOAT


def _of_complex(words: frozenset[str], arrays: Sequence[Array]) -> Kind:  # noqa: ARG001 - one of the tellers
    return Kind.FLOAT


_Teller = Callable[[frozenset[str], Sequence[Array]], Kind]
_TELLERS: Final[tuple[tuple[frozenset[str], _Teller], ...]] = (
    (frozenset("b"), _of_truths),
    (frozenset("U"), _of_texts),
    (frozenset("biu"), _of_integers),
    (frozenset("biuf"), _of_numbers),
    (frozenset("biufc"), _of_complex),
)
"""Which types can be told by whom; the first that fits."""


def _have(arrays: Iterable[Array], dimensions: int) -> bool:
    return all(array.ndim >= dimensions for array in arrays)


def _are_boxes(arrays: Sequence[Array]) -> bool:
    return all(array.ndim in {1, 2} and (array.size == 0 or array.shape[-1] in {4, 5, 6}) for array in arrays)


def _are_few(arrays: Sequence[Array]) -> bool:
    texts: list[Any] = [text for array in arrays for text in array.ravel().tolist()]
    is_short = all(len(text) <= _LONGEST_LABEL and "\n" not in text for text in texts)
    return is_short and len(texts) >= 4 and len(set(texts)) <= _FEW_LABELS * len(texts)


def _are_shares(array: Array) -> bool:
    """Whether each row adds up to one, as probabilities do."""
    if array.dtype.kind != "f" or array.ndim == 0 or array.shape[-1] < 2 or not array.size:
        return False
    wide = array.astype(np.float64)
    return bool((wide >= 0).all() and np.allclose(wide.sum(axis=-1), 1, atol=1e-3))


def _is_picture(array: Array) -> bool:
    return array.dtype == np.uint8 and array.ndim == 3 and array.shape[2] in {3, 4} and _has_pixels(array)


def _has_pixels(array: Array) -> bool:
    is_plane = array.ndim == 2 or (array.ndim == 3 and array.shape[2] in {1, 3, 4})
    return is_plane and min(array.shape[:2]) >= _LEAST_PICTURE

"""Whether two statements of one fact contradict each other."""

from samestack.model import Value


def contradict(name: str, before: Value, after: Value) -> bool:
    """Whether a fact that both sides state is not the same on both.

    ``hashes`` are those of a release's files, as ``algorithm:digest``. Locks list the files of more or fewer
    platforms, by more or fewer algorithms: one in common, of an algorithm in common, is the same release.
    """
    if name == "hashes" and isinstance(before, tuple) and isinstance(after, tuple):
        return _of_other_files(before, after)
    return before != after


def _of_other_files(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    algorithms = _algorithms(before) & _algorithms(after)
    return bool(algorithms) and not set(before) & set(after)


def _algorithms(hashes: tuple[str, ...]) -> set[str]:
    return {text.partition(":")[0] for text in hashes}

"""What somebody may have meant by a word that there is not."""

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the word that is nearest to it, or all of them where none is near."""
    import difflib  # only mistakes pay for it

    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there is: {', '.join(words)}"

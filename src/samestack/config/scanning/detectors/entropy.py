"""How random a text looks."""

import math
import re
from collections import Counter
from typing import Final

_HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]+")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_VOWELS: Final = frozenset("aeiouyAEIOUY")
_RANDOM_BITS: Final = 3.0


def entropy(text: str) -> float:
    """Shannon's entropy of its characters, in bits a character."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values()) if size else 0.0


def is_random(text: str) -> bool:
    """Whether a text was more likely drawn than written: many different characters, and hardly a word."""
    if _HEXADECIMAL.fullmatch(text):
        return len(text) >= 16 and any(map(str.isdigit, text)) and entropy(text) >= _RANDOM_BITS - 0.3
    return entropy(text) >= _RANDOM_BITS and _worded(text) < 0.6


def _worded(text: str) -> float:
    """The share of characters that stand in what could be words: four letters and more, with vowels."""
    words = (match[0] for match in _WORD.finditer(text))
    return sum(len(word) for word in words if len(word) >= 4 and _is_pronounced(word)) / len(text)


def _is_pronounced(word: str) -> bool:
    vowels = sum(letter in _VOWELS for letter in word)
    return 0.2 <= vowels / len(word) <= 0.7


def is_password(text: str) -> bool:
    """Whether somebody may have thought it out as a password: longer than a word, and more than letters."""
    return len(text) >= 6 and has_classes(text) and entropy(text) >= 2.2


def has_classes(text: str) -> bool:
    """Whether there are letters, and beside them digits or signs; or both sizes of letters, in disorder."""
    has_letters = any(map(str.isalpha, text))
    has_digits = any(map(str.isdigit, text))
    has_signs = any(not one.isalnum() and one not in " _-." for one in text)
    is_mixed = len(text) >= 12 and not text.islower() and not text.isupper() and text.isalpha()
    return has_letters and (has_digits or has_signs or (is_mixed and is_random(text)))

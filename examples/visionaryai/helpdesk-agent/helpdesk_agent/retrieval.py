"""Which article is nearest to a question in its words."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer

from .knowledge import Article


class Retrieval:
    """Articles that can be searched by the words in a question."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = tuple(articles)
        self._vectorizer = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True)
        self._vectors = self._vectorizer.fit_transform(article.text for article in self._articles)

    def similarities(self, question: str) -> list[tuple[Article, float]]:
        """Every article with how near it is to the question, from 0 (no word in common) to 1."""
        near = self._vectors @ self._vectorizer.transform([question]).T
        return list(zip(self._articles, near.toarray().ravel().tolist(), strict=True))

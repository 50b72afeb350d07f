"""A page as a browser takes it apart: elements, attributes and text."""

from html.parser import HTMLParser

_ENDLESS = frozenset({"meta", "br", "input"})


class Page(HTMLParser):
    """The elements of a page with their attributes, and the texts in them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _ENDLESS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.append((self._open[-1], data))

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    @property
    def unclosed(self) -> list[str]:
        return self._open

    def attributes(self, tag: str, name: str) -> list[str]:
        """The values of an attribute wherever elements of this kind have it."""
        return [
            attributes[name] or ""
            for found, attributes in self.elements
            if found == tag and name in attributes
        ]

    def text(self, tag: str | None = None) -> str:
        """All text, or that directly in elements of one kind."""
        return "".join(data for inside, data in self.texts if tag in {None, inside})

"""What a long piece of work tells whoever watches: a reporter with empty methods."""


class Reporter:
    """Hears of progress and does nothing with it. Subclass it and override what is of interest."""

    def started(self, work: str, total: int | None = None) -> None:
        """``work`` begins; it has ``total`` steps, where that is known."""

    def advanced(self, detail: str, steps: int = 1) -> None:
        """``steps`` more are done; ``detail`` is what was at hand."""

    def finished(self) -> None:
        """The work that was started last is done."""


SILENT = Reporter()
"""The reporter for whoever does not watch."""

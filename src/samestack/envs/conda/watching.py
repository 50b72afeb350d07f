"""What rattler tells of an installation, handed on to whoever watches."""

from samestack.progress import Reporter


class Watching:
    """A reporter of rattler's, which asks it by the names of its methods, that counts packages."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._names: dict[int, str] = {}

    def on_transaction_start(self, total_operations: int) -> None:
        """The work begins."""
        self._reporter.started("installing conda's packages", total=total_operations)

    def on_link_start(self, operation: int, package_name: str) -> int:
        """A package is put into the prefix."""
        self._names[operation] = package_name
        return operation

    def on_unlink_start(self, operation: int, package_name: str) -> int:
        """A package is taken away."""
        self._names.setdefault(operation, package_name)
        return operation

    def on_transaction_operation_complete(self, operation: int) -> None:
        """One package is done."""
        self._reporter.advanced(self._names.get(operation, ""))

    def on_transaction_complete(self) -> None:
        """All are."""
        self._reporter.finished()

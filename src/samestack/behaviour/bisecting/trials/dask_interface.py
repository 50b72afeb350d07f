"""The little of Dask that is used, as types: the core works without it, and it has none for most of this."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol

from samestack.errors import RequestError

_EXTRA = 'pip install "samestack[dask]"'


class Handle(Protocol):
    """A task that a scheduler knows (``distributed.Future``)."""

    status: str

    def add_done_callback(self, fn: Callable[["Handle"], None]) -> None:
        """Have a function called, in another thread, when it is done or lost."""

    def exception(self) -> BaseException | None:
        """What it ended with."""

    def result(self) -> object:
        """What it gave back."""


class Client(Protocol):
    """A connection with a scheduler (``distributed.Client``)."""

    status: str

    def submit(self, fn: Callable[..., object], *args: object, pure: bool) -> Handle:
        """Have a function called on some worker."""

    def run(
        self, function: Callable[..., object], *args: object, on_error: str = ...
    ) -> Mapping[str, object]:
        """Call a function on every worker, whatever it is at."""

    def cancel(self, futures: Sequence[Handle]) -> None:
        """Forget tasks; those that run go on."""

    def nthreads(self) -> Mapping[str, int]:
        """How many tasks each worker can be at."""

    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        """Wait until there are so many; ``TimeoutError``."""

    def close(self) -> None:
        """End the connection."""


class Distributed(Protocol):
    """The module itself."""

    KilledWorker: type[BaseException]

    def Client(self, address: str, *, timeout: float, set_as_default: bool) -> Client:  # noqa: N802
        """Connect with a scheduler."""


def distributed() -> Distributed:
    """Dask's module; :class:`RequestError` where it is not installed."""
    try:
        module: Any = import_module("distributed")
    except ImportError:
        raise RequestError("trials on other machines need Dask", hint=_EXTRA) from None
    return module  # type: ignore[no-any-return]

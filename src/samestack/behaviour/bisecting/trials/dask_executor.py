"""Trials on many machines: a Dask scheduler hands them to its workers, and again to others if those are lost.

The workers need samestack of this version, nothing of this machine: interpreters and packages they find and
unpack themselves.
"""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Final, ParamSpec, TypeVar

from msgspec import Struct

from samestack import __version__
from samestack.behaviour.bisecting.trials.dask_interface import Client, Handle, distributed
from samestack.behaviour.bisecting.trials.losing import LostError
from samestack.behaviour.bisecting.trials.stopping import listen_to
from samestack.errors import OutsideError, RequestError, SamestackError

P = ParamSpec("P")
T = TypeVar("T")

_CONNECTING_SECONDS: Final = 15.0
_WORKERS_SECONDS: Final = 30.0
_STOPPING_SECONDS: Final = 10.0


class DaskExecutor(Executor):
    """Carries out trials on the workers of the scheduler at ``host:port``.

    :class:`RequestError` where Dask is not installed here or samestack not there; :class:`OutsideError` where
    there is no scheduler, or it has no workers.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._name = uuid.uuid4().hex
        self._client = _connected(address)
        try:
            self.workers = _workers(self._client, address)
        except BaseException:
            self._client.close()
            raise
        self._futures: dict[Future[Any], Handle] = {}
        self._is_over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See :class:`concurrent.futures.Executor`.

        The future fails with :class:`LostError` when it took several workers with it, and with what samestack
        says on a worker as :class:`OutsideError` with the worker's name.
        """
        if self._is_over:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        handle = self._client.submit(_carried_out, self._name, fn, args, kwargs, pure=False)
        self._futures[future] = handle  # Dask forgets what nobody holds
        handle.add_done_callback(lambda one: self._tell(future, one))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take no more; with ``cancel_futures`` end those that run on the workers as well."""
        if self._is_over:
            return
        self._is_over = True
        if cancel_futures:
            _stop(self._client, self._name, list(self._futures.values()))
        elif wait:
            for future in list(self._futures):
                future.exception()
        self._client.close()

    def _tell(self, future: Future[Any], handle: Handle) -> None:
        """Pass on what became of a trial; this is called in a thread of Dask's."""
        try:
            told = _told(handle, self._address)
        except BaseException as error:  # noqa: BLE001 - whoever waits for the future has it raised
            future.set_exception(error)
        else:
            future.set_result(told)
        finally:
            self._futures.pop(future, None)


class _Failed(Struct, frozen=True):
    """What samestack said on a worker: its errors are no values that could be sent."""

    message: str
    hint: str | None


def _connected(address: str) -> Client:
    try:
        return distributed().Client(f"tcp://{address}", timeout=_CONNECTING_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        words = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise OutsideError(f"{address}: no Dask scheduler answers there: {words}") from None


def _workers(client: Client, address: str) -> int:
    """How many trials the workers can be at, once they are there and known to have this samestack."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
    except TimeoutError:
        hint = f"start some: dask worker {address}"
        raise OutsideError(f"{address}: the Dask scheduler has no workers", hint=hint) from None
    for worker, version in client.run(own_version, on_error="return").items():
        if version != __version__:
            said = "none that it can use" if isinstance(version, BaseException) else f"samestack {version}"
            hint = f"install it there: pip install samestack=={__version__}"
            raise RequestError(f"{worker}: this is samestack {__version__}, there is {said}", hint=hint)
    return sum(client.nthreads().values())


def own_version() -> str:
    """The version of samestack on a worker."""
    return __version__


_STOPPED: Final[dict[str, threading.Event]] = {}
"""On a worker: by the name of an executor, whether it has been shut down."""


def _carried_out(
    name: str, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
) -> T | _Failed:
    """On a worker: do it, and stop when the executor that asked for it is shut down."""
    listen_to(_STOPPED.setdefault(name, threading.Event()))
    try:
        return fn(*args, **kwargs)
    except SamestackError as error:
        return _Failed(error.message, error.hint)


def stop_all(name: str) -> None:
    """On a worker: stop what an executor has asked for."""
    _STOPPED.setdefault(name, threading.Event()).set()


def _stop(client: Client, name: str, handles: list[Handle]) -> None:
    """As far as workers can be reached: whoever cannot stops at the time limit of its trial."""
    if client.status != "running":
        return
    client.cancel(handles)
    client.run(stop_all, name, on_error="ignore")


def _told(handle: Handle, address: str) -> object:
    if handle.status in {"cancelled", "lost"}:
        raise OutsideError(f"{address}: the Dask scheduler is gone", hint="start it, then resume")
    error = handle.exception() if handle.status == "error" else None
    if isinstance(error, distributed().KilledWorker):
        raise LostError("each of several workers was lost while it was at this trial")
    if error is not None:
        raise OutsideError(f"a Dask worker could not carry out a trial: {type(error).__name__}: {error}")
    told = handle.result()
    if isinstance(told, _Failed):
        raise OutsideError(f"on a Dask worker: {told.message}", hint=told.hint)
    return told

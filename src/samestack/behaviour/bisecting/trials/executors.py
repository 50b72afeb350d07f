"""Who carries out trials: this machine, or those of a Dask cluster."""

import re
from typing import TYPE_CHECKING, Final

from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.behaviour.bisecting.trials.dask_executor import DaskExecutor

_DASK: Final = re.compile(r"dask://((?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5})/?")


def executor_at(address: str = "", *, jobs: int = 1) -> "LocalExecutor | DaskExecutor":
    """An executor: of this machine for an empty address, else of the scheduler at ``dask://HOST:PORT``.

    Either says how many trials it is at together (``workers``). :class:`RequestError` for another address;
    other errors as from :class:`~samestack.behaviour.bisecting.trials.dask_executor.DaskExecutor`.
    """
    if not address:
        return LocalExecutor(jobs)
    named = _DASK.fullmatch(address)
    if named is None:
        raise RequestError(f"'{address}' names no executor", hint="write it as dask://HOST:PORT")
    from samestack.behaviour.bisecting.trials.dask_executor import DaskExecutor

    return DaskExecutor(named[1])

"""rattler as the one who decides: not only whether wishes can be met, but by which files of the channels."""

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError, RequestError, SamestackError
from samestack.solve.conda.conda_oracle import CondaOracle

if TYPE_CHECKING:
    from rattler import RepoDataRecord


class UnsolvedError(SamestackError):
    """The wishes cannot be met together; its message is what the solver said of them."""

    exit_status = 1


class CondaSolver(CondaOracle):
    """An oracle that hands out what it chose, and keeps to earlier choices where it can."""

    def choose(
        self,
        specifications: Sequence[str],
        constraints: Sequence[str] = (),
        earlier: "Collection[RepoDataRecord]" = (),
    ) -> "tuple[RepoDataRecord, ...]":
        """The files that meet all of these, sorted by name; :class:`UnsolvedError` where none do.

        Both are match specifications; a constraint only narrows what something else asks for.
        """
        errors = self._rattler.exceptions
        try:
            records = asyncio.run(self._choose(specifications, constraints, earlier))
        except errors.SolverError as error:
            raise UnsolvedError(without_credentials(str(error).strip())) from None
        except errors.InvalidMatchSpecError as error:
            raise RequestError(f"not a match specification: {error}") from None
        except errors.GatewayError as error:
            said = without_credentials(str(error).splitlines()[0])
            raise OutsideError(
                f"a channel cannot be read: {said}", hint="look at its address and the network"
            ) from None
        return tuple(sorted(records, key=lambda one: str(one.name.normalized)))

    async def _choose(
        self,
        specifications: Sequence[str],
        constraints: Sequence[str],
        earlier: "Collection[RepoDataRecord]",
    ) -> "list[RepoDataRecord]":
        def read(texts: Sequence[str]) -> list[object]:
            # As conda reads it: rattler's own strictness refuses what every exported environment has.
            return [self._rattler.MatchSpec(text, strict=False) for text in texts]

        records: list[RepoDataRecord] = await self._rattler.solve(
            self._channels,
            read(specifications),
            gateway=self._gateway,
            platforms=self._platforms,
            virtual_packages=self._virtual_packages,
            constraints=read(constraints),
            locked_packages=list(earlier),
            exclude_newer=self._before,
        )
        return records

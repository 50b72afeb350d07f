"""rattler as the solver that is asked: conda wishes on given channels, for a given host."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError, RequestError
from samestack.solve.conda.conda_metadata import Build, is_ordered
from samestack.solve.conda.conda_syntax import Translated, specification_text
from samestack.solve.conda.virtual_packages import CondaTarget, VirtualPackage
from samestack.solve.oracle import Answer
from samestack.solve.problem import Wish

if TYPE_CHECKING:
    from rattler import Channel, GenericVirtualPackage, RepoDataRecord

_DEFAULTS: Final = "main"
"""The channel in which the packages of conda's own defaults lie."""

_TIME_LIMIT: Final = timedelta(minutes=5)


class CondaOracle:
    """Channels and a host; the packages of a channel are read once and then remembered."""

    def __init__(
        self,
        channels: Sequence[str],
        target: CondaTarget,
        *,
        wishes: Translated | None = None,
        as_of: date | None = None,
    ) -> None:
        self._rattler = _loaded()
        self._gateway = self._rattler.Gateway()
        self._platforms = (target.platform, "noarch")
        self._channels = [self._channel(name) for name in channels]
        self._virtual_packages = self._virtual(target.virtual_packages)
        originals = wishes.originals if wishes is not None else {}
        self._texts = {wish: original.text for wish, original in originals.items()}
        self._always = [wish.text for wish in wishes.unsayable] if wishes is not None else []
        self._before = None if as_of is None else datetime.combine(as_of, time(), UTC)

    def solve(self, wishes: Sequence[Wish]) -> Answer:
        """Whether the channels can meet these together, and by which packages."""
        # A wish that was translated for the algorithms is asked for as a person wrote it.
        texts = [
            (self._texts.get(wish) or specification_text(wish.text), wish.is_constraint) for wish in wishes
        ]
        specifications = [*self._always, *(text for text, is_constraint in texts if not is_constraint)]
        constraints = [text for text, is_constraint in texts if is_constraint]
        try:
            records = asyncio.run(self._solve(specifications, constraints))
        except self._rattler.exceptions.SolverError as error:
            return Answer(is_met=False, said=str(error).strip())
        except self._rattler.exceptions.InvalidMatchSpecError as error:
            raise RequestError(f"not a match specification: {error}") from None
        except self._rattler.exceptions.GatewayError as error:
            raise _unreachable(error) from None
        return Answer(is_met=True, solution=tuple(sorted(map(_pin, records))))

    def builds(self, name: str) -> tuple[Build, ...]:
        """Every build that the channels have of a package."""
        try:
            found = asyncio.run(self._query(name))
        except self._rattler.exceptions.GatewayError as error:
            raise _unreachable(error) from None
        return tuple(
            Build(version=str(one.version), depends=tuple(one.depends), uploaded=one.timestamp)
            for records in found
            for one in records
            if self._before is None or (one.timestamp is not None and one.timestamp < self._before)
        )

    @property
    def host(self) -> tuple[VirtualPackage, ...]:
        """What the target offers."""
        return tuple(
            VirtualPackage(one.name.source, str(one.version), str(one.build_string))
            for one in self._virtual_packages
        )

    async def _solve(
        self, specifications: Sequence[str], constraints: Sequence[str]
    ) -> "list[RepoDataRecord]":
        # Read as conda reads it: rattler's own strictness refuses what every exported environment has.
        wanted, narrowed = (
            [self._rattler.MatchSpec(text, strict=False) for text in texts]
            for texts in (specifications, constraints)
        )
        records: list[RepoDataRecord] = await self._rattler.solve(
            self._channels,
            wanted,
            gateway=self._gateway,
            platforms=self._platforms,
            virtual_packages=self._virtual_packages,
            constraints=narrowed,
            timeout=_TIME_LIMIT,
            exclude_newer=self._before,
        )
        return records

    async def _query(self, name: str) -> "list[list[RepoDataRecord]]":
        found: list[list[RepoDataRecord]] = await self._gateway.query(
            self._channels, self._platforms, [name], recursive=False
        )
        return found

    def _channel(self, name: str) -> "Channel":
        try:
            channel: Channel = self._rattler.Channel(_DEFAULTS if name == "defaults" else name)
        except (self._rattler.exceptions.InvalidChannelError, ValueError) as error:
            raise RequestError(f"'{without_credentials(name)}' is no channel: {error}") from None
        return channel

    def _virtual(self, given: tuple[VirtualPackage, ...] | None) -> list["GenericVirtualPackage"]:
        rattler = self._rattler
        if given is None:
            return [one.into_generic() for one in rattler.VirtualPackage.detect()]
        return [
            rattler.GenericVirtualPackage(
                rattler.PackageName(one.name),
                rattler.Version(one.version),
                rattler.package.BuildString(one.build),
            )
            for one in given
        ]


def _loaded() -> Any:  # noqa: ANN401 - a module
    try:
        import rattler
        import rattler.exceptions
        import rattler.package
    except ImportError:
        hint = 'pip install "samestack[conda]"'
        raise RequestError("wishes of conda need the library py-rattler", hint=hint) from None
    return rattler


def _pin(record: "RepoDataRecord") -> str:
    """As the algorithms write pins; what is no version to them (``1.1.1w``) stays in conda's own form."""
    version = str(record.version)
    return f"{record.name.source}{'==' if is_ordered(version) else '='}{version}"


def _unreachable(error: Exception) -> OutsideError:
    return OutsideError(f"a channel cannot be read: {without_credentials(str(error).splitlines()[0])}")

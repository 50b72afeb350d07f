"""What a program answered for given inputs in one environment, and how it was run."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from msgspec import Struct, field

from samestack.model import Snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
else:
    Array = Any  # the core knows of arrays and does without numpy

EVERYTHING: Final = ""
"""The name under which the answers of a program stand that is run once, for all inputs or without any."""


class Picture(Struct, frozen=True, eq=False):
    """A picture, decoded: nothing is lost and nothing depends on who reads it."""

    pixels: Array
    """Height x width in 8 or 16 bits, or height x width x 2 to 4 channels in 8 bits, unsigned."""

    def __eq__(self, other: object) -> bool:
        """Whether every pixel is the same, in the same form."""
        if not isinstance(other, Picture):
            return NotImplemented
        mine, others = self.pixels, other.pixels
        return bool(mine.dtype == others.dtype and mine.shape == others.shape and (mine == others).all())

    __hash__ = None  # type: ignore[assignment]


Value = None | bool | int | float | str | Array | Picture
"""What stands in one field of an answer. An array is a numpy array of numbers, truth values or texts."""

Answer = Mapping[str, Value]
"""The fields of an answer by their paths: ``result.boxes``, ``items[2].label``, ``scores``."""


def is_array(value: Value) -> TypeGuard[Array]:
    """Whether a value is a numpy array, told without loading numpy."""
    return hasattr(value, "dtype") and hasattr(value, "shape")


class Input(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file that a program was given."""

    name: str
    """Its path below the directory that was named, with ``/``; for a single file its name."""
    sha256: str
    """64 hexadecimal digits, of its bytes."""
    size: int
    """Bytes."""


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one execution ended."""

    status: int = 0
    """Its exit status; of a callable 1 when it raised something."""
    signal: str = ""
    """The name of the signal that ended it: ``SIGSEGV``."""
    is_late: bool = False
    """Whether it was ended because its time was over."""
    is_too_much: bool = False
    """Whether it was ended because it wrote more than is kept."""
    trouble: str = ""
    """Why what it wrote cannot be read, in a sentence."""
    messages: str = ""
    """The end of what it wrote to standard error."""

    @property
    def is_failure(self) -> bool:
        """Whether it did not end as a program should."""
        return bool(self.status or self.signal or self.is_late or self.is_too_much or self.trouble)


class Run(Struct, frozen=True, kw_only=True, eq=False):
    """One repeat: the program over all inputs. The mappings are by the name of the input."""

    outputs: Mapping[str, Answer]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Wall-clock time."""
    peak_memory: int = 0
    """The most resident memory of one process, in bytes; 0 where it is not known."""


class Program(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was run, in words that mean the same on another machine."""

    command: tuple[str, ...] = ()
    """Its words, with ``{input}`` or ``{inputs}`` where they stood; none for a callable."""
    callable: str = ""
    """``module:function``."""
    inputs: str = ""
    """The file or directory of the inputs, as it was named."""
    timeout: float = 0.0
    """The seconds that one execution had; 0 for no limit."""


class RecordingOrigin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When and by what a recording was made."""

    recorded_at: str
    """UTC, ISO 8601, whole seconds."""
    recorded_by: str
    """The tool and its version."""


class Recording(Struct, frozen=True, kw_only=True, eq=False):
    """Everything that was kept of a program's answers. Two are the same when their digests are."""

    origin: RecordingOrigin
    program: Program
    environment: str
    """The reference of the environment, as the user named it."""
    snapshot: Snapshot
    """What was in that environment."""
    inputs: tuple[Input, ...] = ()
    runs: tuple[Run, ...] = ()
    """At least one; more are repeats of the same."""

    @property
    def failures(self) -> tuple[tuple[int, str, Outcome], ...]:
        """Number of the run, name of the input and outcome of each execution that failed."""
        return tuple(
            (number, name, outcome)
            for number, run in enumerate(self.runs)
            for name, outcome in run.outcomes.items()
            if outcome.is_failure
        )

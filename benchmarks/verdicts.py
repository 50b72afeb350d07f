"""What each tool said of environments that are broken or healthy, as tables."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

PEERS = ("pip check", "uv pip check", "pipdeptree")


class Verdict(Struct, frozen=True, kw_only=True):
    """What each tool said of one environment."""

    name: str
    expected: str
    """The rule that is to find something; empty for a healthy environment."""
    rules: tuple[str, ...]
    """The rules that found an error or a warning, and the expected one however grave."""
    peers: Mapping[str, bool]
    """Whether each peer complained."""

    @property
    def is_found(self) -> bool:
        """Whether samestack found what is there, or complained of anything where nothing is."""
        return self.expected in self.rules if self.expected else bool(self.rules)


def tables(verdicts: Sequence[Verdict]) -> str:
    """The breaks, the healthy environments, and a sentence that counts both."""
    planted = [one for one in verdicts if one.expected]
    healthy = [one for one in verdicts if not one.expected]
    found = [_row(one, f"`{one.expected}`", "found") for one in planted]
    alarms = [_row(one, ", ".join(one.rules) or "nothing", "**false alarm**") for one in healthy]
    return "\n".join(
        [
            *_header("planted break", "rule"),
            *found,
            "",
            *_header("healthy environment", "alarmed"),
            *alarms,
            "",
            _summary(planted, healthy),
        ]
    )


def _header(first: str, second: str) -> list[str]:
    names = (first, second, "samestack", *PEERS)
    return [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]


def _row(verdict: Verdict, said: str, word: str) -> str:
    complained = (verdict.is_found, *(verdict.peers[peer] for peer in PEERS))
    cells = (word if complains else "silent" for complains in complained)
    return f"| {verdict.name} | {said} | {' | '.join(cells)} |"


def _summary(planted: Sequence[Verdict], healthy: Sequence[Verdict]) -> str:
    counts = {"samestack": (sum(one.is_found for one in planted), sum(one.is_found for one in healthy))}
    for peer in PEERS:
        counts[peer] = (sum(one.peers[peer] for one in planted), sum(one.peers[peer] for one in healthy))
    said = "; ".join(f"{name} {found} and {false}" for name, (found, false) in counts.items())
    return (
        f"Of {len(planted)} breaks found, and of {len(healthy)} healthy environments alarmed about: {said}."
    )

"""What is wrong with a configuration, on the terminal, for commands that have something else to say."""

from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.config.resolution import Resolution
from samestack.config.resolving import ResolveRequest, resolve

_TOLD: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def told(request: ResolveRequest) -> Resolution:
    """The configuration that is asked for; what is wrong or odd with it has been told."""
    resolution = resolve(request)
    if resolution.findings:
        tell(resolution)
    return resolution


def tell(resolution: Resolution) -> None:
    """Write errors and warnings to standard error, each with its place and remedy; no value is in them."""
    told = [finding for finding in resolution.findings if finding.severity in _TOLD]
    if not told:
        return
    from rich.console import Console
    from rich.text import Text

    from samestack.render.printable import printable

    console = Console(stderr=True, highlight=False)
    for finding in told:
        word = f"{finding.severity}: "
        console.print(
            Text.assemble((word, _TOLD[finding.severity]), printable(_sentence(finding))), soft_wrap=True
        )
        if finding.remedy:
            console.print(
                Text.assemble(("hint: ".rjust(len(word)), "bold cyan"), printable(finding.remedy)),
                soft_wrap=True,
            )


def _sentence(finding: Finding) -> str:
    """``MAX_WORKERS: an integer of at least 1 is wanted (config/base.toml, max_workers)``."""
    named = "" if finding.message.startswith(f"{finding.subject}:") else f"{finding.subject}: "
    placed = f" ({finding.place})" if finding.place and finding.place != finding.subject else ""
    return f"{named}{finding.message}{placed}"

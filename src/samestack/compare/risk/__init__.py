"""What a change can do, and who says so. How it is decided: ``docs/reference/knowledge.md``."""

from samestack.compare.risk.judgement import assess
from samestack.compare.risk.version_steps import StepKind, VersionStep, version_step

__all__ = ["StepKind", "VersionStep", "assess", "version_step"]

"""The judgement of one change: a dispatch by layer, and the gravest of the reasons that were found."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from samestack.compare.difference import Reason
from samestack.compare.risk.accelerators import accelerator_reasons
from samestack.compare.risk.configuration import variable_reasons
from samestack.compare.risk.host import driver_reasons, hardware_reasons, kernel_reasons
from samestack.compare.risk.models import model_reasons
from samestack.compare.risk.operating_system import operating_system_reasons
from samestack.compare.risk.packages import package_reasons
from samestack.compare.risk.python import python_reasons
from samestack.compare.risk.system import system_reasons
from samestack.model import Layer
from samestack.model.change import Change
from samestack.model.risk import Risk

_BY_LAYER: Final[Mapping[Layer, Callable[[Change], Iterable[Reason]]]] = {
    Layer.HARDWARE: hardware_reasons,
    Layer.DRIVER: driver_reasons,
    Layer.KERNEL: kernel_reasons,
    Layer.OS: operating_system_reasons,
    Layer.SYSTEM: system_reasons,
    Layer.ACCELERATOR: accelerator_reasons,
    Layer.PYTHON: python_reasons,
    Layer.PACKAGES: package_reasons,
    Layer.MODELS: model_reasons,
    Layer.CONFIGURATION: variable_reasons,
}


def assess(change: Change) -> tuple[Risk, tuple[Reason, ...]]:
    """The gravest risk that is known of a change, and every reason, the gravest first; never without one."""
    reasons = tuple(
        sorted(dict.fromkeys(_BY_LAYER[change.layer](change)), key=lambda reason: reason.risk.rank)
    )
    return reasons[0].risk, reasons

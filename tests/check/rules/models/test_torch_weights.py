from samestack.check.rules.models.torch_weights import RULE
from tests.check.rules.models.models import model
from tests.check.subjects import package, python, subject

TORCH = ("functorch", "torch")
WEIGHTS = model(
    "weights.pt",
    archive="torch",
    pickled=("collections.OrderedDict", "torch.FloatStorage", "torch._utils._rebuild_tensor_v2"),
)
WHOLE = model(
    "whole.pt", archive="torch", pickled=("torch._utils._rebuild_tensor_v2", "torch.nn.modules.conv.Conv2d")
)
NUMPY = model("numpy.pt", archive="torch", pickled=("numpy._core.multiarray.scalar", "numpy.dtype"))

PLANTED = (
    subject(python(), package("torch", "2.6.0", modules=TORCH), WHOLE),
    subject(python(), package("torch", "2.9.1", modules=TORCH), package("numpy", "2.2.6"), NUMPY),
)
HEALTHY = (
    subject(python(), package("torch", "2.6.0", modules=TORCH), WEIGHTS),
    subject(python(), package("torch", "2.5.1", modules=TORCH), WHOLE),
    subject(python(), package("numpy", "2.2.6"), WHOLE),
)


def test_it_names_what_is_refused() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.evidence[0] == "it names torch.nn.modules.conv.Conv2d"
    assert "weights_only=False" in finding.remedy

"""Library steps that change what a program answers for the same input, with a program that shows each.

Observed twice in each environment, wheels only, on x86-64.
"""

from pathlib import Path
from typing import Final

from msgspec import Struct

_PARTS: Final = Path(__file__).parent.parent.parent / "examples/visionaryai/defect-detection/parts.jpg"

_OLD: Final = """\
attrs 21.4.0 22.2.0
cachetools 5.0.0 5.3.0
certifi 2021.10.8 2022.12.7
charset-normalizer 2.0.12 3.1.0
click 8.0.4 8.1.3
colorama 0.4.4 0.4.6
filelock 3.6.0 3.9.0
flask 2.0.3 2.2.3
fsspec 2022.3.0 2023.1.0
idna 3.3 3.4
importlib-metadata 4.11.3 6.0.0
itsdangerous 2.0.1 2.1.2
jinja2 3.0.3 3.1.2
joblib 1.1.0 1.2.0
markupsafe 2.0.1 2.1.2
packaging 21.3 23.0
pygments 2.11.2 2.14.0
python-dateutil 2.8.1 2.8.2
pytz 2021.3 2022.7
requests 2.27.1 2.28.2
six 1.15.0 1.16.0
toolz 0.11.2 0.12.0
tqdm 4.62.3 4.65.0
typing-extensions 4.1.1 4.5.0
urllib3 1.26.8 1.26.15
werkzeug 2.0.3 2.2.3
zipp 3.7.0 3.15.0
"""
_NEW: Final = """\
attrs 23.1.0 24.2.0
cachetools 5.3.1 5.5.0
certifi 2023.7.22 2024.8.30
charset-normalizer 3.2.0 3.3.2
click 8.1.3 8.1.7
colorama 0.4.5 0.4.6
filelock 3.12.2 3.16.1
flask 2.3.3 3.0.3
fsspec 2023.6.0 2024.9.0
idna 3.4 3.10
itsdangerous 2.1.2 2.2.0
jinja2 3.1.2 3.1.4
joblib 1.3.2 1.4.2
markupsafe 2.1.3 2.1.5
packaging 23.1 24.1
platformdirs 3.10.0 4.3.6
pygments 2.15.1 2.18.0
pytz 2023.3 2024.2
requests 2.31.0 2.32.3
six 1.16.0 1.17.0
threadpoolctl 3.2.0 3.5.0
toolz 0.12.0 1.0.0
tqdm 4.65.0 4.66.5
typing-extensions 4.7.1 4.12.2
tzdata 2023.3 2024.2
urllib3 1.26.16 2.2.3
werkzeug 2.3.7 3.0.4
zipp 3.16.2 3.20.2
"""


class KnownStep(Struct, frozen=True, kw_only=True):
    """A step, and what shows it."""

    name: str
    python: str
    steps: tuple[str, ...]
    """``package before after``, of what is to blame, together."""
    program: str
    """It ends with status 0 before, and with 1 after."""
    unrelated: str = _OLD
    """What else changes, and does nothing to it."""
    alike: tuple[str, ...] = ()
    """``package version``: what the program needs beside it, the same on both sides."""

    @property
    def culprits(self) -> tuple[str, ...]:
        """The packages that are to blame."""
        return tuple(sorted(step.split()[0] for step in self.steps))

    def requirements(self, side: int) -> str:
        """The requirements before (0) or after (1)."""
        rows = [line.split() for line in (*self.unrelated.splitlines(), *self.steps)]
        pins = [f"{row[0]}=={row[side + 1]}" for row in rows]
        pins += ["==".join(one.split()) for one in self.alike]
        return "".join(f"{one}\n" for one in pins)


def _opencv(before: str, after: str) -> tuple[str, ...]:
    return (f"opencv-python-headless {before} {after}",)


KNOWN_STEPS: Final = (
    KnownStep(
        name="pillow resizes by another filter",
        python="3.8",
        steps=("pillow 6.2.2 7.0.0",),
        alike=("numpy 1.21.6",),
        program="""\
import sys
import numpy
from PIL import Image
pixels = (numpy.indices((64, 64)).sum(axis=0) % 2 * 255).astype("uint8")
spread = numpy.asarray(Image.fromarray(pixels).resize((23, 23))).std() / 255
sys.exit(0 if spread > 0.2 else 1)
""",
    ),
    KnownStep(
        name="opencv turns rectangles of least area",
        python="3.8",
        steps=_opencv("4.4.0.46", "4.5.1.48"),
        alike=("numpy 1.21.6",),
        program="""\
import sys
import cv2, numpy
corners = numpy.array([[0, 0], [40, 20], [30, 40], [-10, 20]], dtype=numpy.float32)
sys.exit(0 if cv2.minAreaRect(corners)[2] < 0 else 1)
""",
    ),
    KnownStep(
        name="opencv turns them back",
        python="3.11",
        steps=_opencv("4.12.0.88", "4.13.0.92"),
        unrelated=_NEW,
        alike=("numpy 2.0.2",),
        program="""\
import sys
import cv2, numpy
corners = numpy.array([[0, 0], [40, 20], [30, 40], [-10, 20]], dtype=numpy.float32)
sys.exit(0 if cv2.minAreaRect(corners)[2] > 0 else 1)
""",
    ),
    KnownStep(
        name="opencv grows other trees",
        python="3.8",
        steps=_opencv("4.2.0.34", "4.3.0.38"),
        alike=("numpy 1.21.6",),
        program="""\
import sys
import cv2, numpy
random = numpy.random.RandomState(7)
data = random.rand(400, 6).astype(numpy.float32)
classes = ((data[:, 0] + data[:, 1] * data[:, 2] > 0.8) ^ (random.rand(400) < 0.15)).astype(numpy.int32)
trees = cv2.ml.RTrees_create()
trees.setMaxDepth(6)
trees.setTermCriteria((cv2.TERM_CRITERIA_MAX_ITER, 20, 0))
trees.train(data, cv2.ml.ROW_SAMPLE, classes)
print(int(trees.predict(data)[1].sum()))
sys.exit(0 if int(trees.predict(data)[1].sum()) == 153 else 1)
""",
    ),
    KnownStep(
        name="opencv returns flat indices of boxes",
        python="3.8",
        steps=_opencv("4.5.3.56", "4.5.4.60"),
        alike=("numpy 1.21.6",),
        program="""\
import sys
import cv2
kept = cv2.dnn.NMSBoxes([[0, 0, 10, 10], [50, 50, 10, 10]], [0.9, 0.8], 0.5, 0.4)
try:
    print([one[0] for one in kept])
except (IndexError, TypeError):
    sys.exit(1)
""",
    ),
    KnownStep(
        name="numpy promotes scalars by their type",
        python="3.12",
        steps=("numpy 1.26.4 2.0.2",),
        unrelated=_NEW,
        program="""\
import sys
import numpy
sys.exit(1 if numpy.float32(0.7) >= 0.7 else 0)
""",
    ),
    KnownStep(
        name="scikit-learn's linear classifier converges",
        python="3.12",
        steps=("scikit-learn 1.4.2 1.5.2",),
        unrelated=_NEW,
        alike=("numpy 1.26.4", "scipy 1.13.1"),
        program="""\
import sys, warnings
warnings.simplefilter("ignore")
from sklearn.datasets import load_wine
from sklearn.svm import LinearSVC
data, classes = load_wine(return_X_y=True)
score = LinearSVC(random_state=0).fit(data, classes).score(data, classes)
print(score)
sys.exit(0 if score < 0.85 else 1)
""",
    ),
    KnownStep(
        name="pandas copies on write",
        python="3.12",
        steps=("pandas 2.3.3 3.0.0",),
        unrelated=_NEW,
        alike=("numpy 1.26.4", "python-dateutil 2.9.0.post0"),
        program="""\
import sys, warnings
warnings.simplefilter("ignore")
import pandas
table = pandas.DataFrame({"a": [1.0, None, 3.0]})
table["a"].fillna(0.0, inplace=True)
sys.exit(0 if abs(table["a"].mean() - 4 / 3) < 1e-9 else 1)
""",
    ),
    KnownStep(
        name="pillow and numpy overflow together",
        python="3.11",
        steps=("pillow 10.2.0 10.3.0", "numpy 1.26.4 2.0.2"),
        unrelated=_NEW,
        program="""\
import io, sys
import numpy
from PIL import Image
file = io.BytesIO()
Image.frombytes("I;16", (4, 1), numpy.full(4, 20330, dtype="<u2").tobytes()).save(file, "PNG")
total = sum(numpy.asarray(Image.open(file)).ravel())
print(int(total))
sys.exit(0 if int(total) == 81320 else 1)
""",
    ),
    KnownStep(
        name="pillow decodes colours otherwise",
        python="3.8",
        steps=("pillow 8.4.0 9.0.1",),
        alike=("numpy 1.21.6",),
        program=f"""\
import sys
import numpy
from PIL import Image
pixels = numpy.asarray(Image.open({str(_PARTS)!r}).convert("RGB")).astype(int)
print(int(pixels.sum()))
sys.exit(0 if int(pixels.sum()) == 171541977 else 1)
""",
    ),
)
"""What bisections are held to."""

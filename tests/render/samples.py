"""Comparisons and a snapshot to render: a real-looking pair, a hostile one, an empty one, a large one."""

from samestack.compare.difference import Comparison, Difference, Reason, Relation, Side
from samestack.model import (
    Component,
    Configuration,
    Ecosystem,
    Host,
    Layer,
    Origin,
    Remark,
    Snapshot,
    Stack,
    Standing,
    Value,
)
from samestack.model.change import Change
from samestack.model.risk import Risk

HOSTILE = (
    '</script><img src=x onerror="alert(1)">|`@admin` {{ 7*7 }} [x](javascript:alert(1)) \x1b[31mred\u202e'
)
"""Everything at once that a page, a pull request or a terminal might take for more than text."""


def component(layer: Layer, name: str, version: str | None = None, **said: object) -> Component:
    """A component; of the Python index when it is a package, else of no registry."""
    is_package = layer is Layer.PACKAGES
    said.setdefault("ecosystem", Ecosystem.PYPI if is_package else Ecosystem.GENERIC)
    return Component(layer=layer, name=name, version=version, **said)  # type: ignore[arg-type]


def difference(
    before: Component | None,
    after: Component | None,
    *reasons: Reason,
    relation: Relation = Relation.DIFFERS,
    risk: Risk | None = None,
) -> Difference:
    """A difference; its risk is the gravest of its reasons unless it is given."""
    gravest = min((reason.risk for reason in reasons), key=lambda one: one.rank, default=Risk.NONE)
    return Difference(change=Change(before, after), relation=relation, risk=risk or gravest, reasons=reasons)


def reason(risk: Risk, text: str, *sources: str) -> Reason:
    """A reason, looked at on a day in 2026 when it has a source."""
    return Reason(risk=risk, text=text, sources=sources, dated="2026-11-02" if sources else "")


def package(name: str, before: str | None, after: str | None, *reasons: Reason, **said: object) -> Difference:
    """A Python package in two versions, or on one side only."""
    sides = [component(Layer.PACKAGES, name, one, **said) if one else None for one in (before, after)]
    return difference(sides[0], sides[1], *reasons)


def debian(name: str, before: str | None, after: str | None, *reasons: Reason) -> Difference:
    """A package of the operating system in two versions."""
    sides = [
        component(Layer.SYSTEM, name, one, ecosystem=Ecosystem.DEBIAN) if one else None
        for one in (before, after)
    ]
    return difference(sides[0], sides[1], *reasons, risk=None if reasons else Risk.UNKNOWN)


def side(reference: str, digit: str, standing: Standing = Standing.OBSERVED, components: int = 214) -> Side:
    """One environment, read at a fixed time."""
    is_wish = standing is Standing.WANTED
    origin = Origin(
        reference=reference,
        kind="requirements.txt" if is_wish else "venv",
        standing=standing,
        captured_at=f"2026-11-2{digit}T09:41:07Z",
        captured_by="samestack 0.1.0",
        complete=() if is_wish else tuple(Layer),
        machine="" if is_wish else f"workstation-{digit}",
    )
    return Side(origin=origin, digest=f"sha256:{digit * 64}", components=components)


def _hardware() -> tuple[Difference, ...]:
    def processor(model: str, *instruction_sets: str) -> Component:
        facts: dict[str, Value] = {"architecture": "x86_64", "instruction_sets": instruction_sets}
        return component(Layer.HARDWARE, "cpu", model, facts=facts)

    return (
        difference(
            processor("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "avx2", "avx512f", "avx512bw", "fma"),
            processor("AMD EPYC 7R13 Processor", "avx2", "fma"),
            reason(
                Risk.RESULTS,
                "AVX-512 is only on A's processor; numpy's float32 kernels differ there in the last digits.",
                "https://github.com/numpy/numpy/issues/23523",
            ),
        ),
        difference(
            component(Layer.HARDWARE, "gpu", "NVIDIA A10G", at="0", facts={"memory_gibibytes": 22}),
            component(Layer.HARDWARE, "gpu", "NVIDIA L4", at="0", facts={"memory_gibibytes": 22}),
            reason(Risk.SPEED, "another GPU of the same generation of instructions"),
        ),
    )


def _python() -> Difference:
    return difference(
        component(Layer.PYTHON, "python", "3.8.18", build="cpython-38-x86_64-linux-gnu, GCC 12.2.0"),
        component(Layer.PYTHON, "python", "3.10.13", build="cpython-310-x86_64-linux-gnu, GCC 12.2.0"),
        reason(
            Risk.BREAKS,
            "Extension modules built for 3.8 cannot be imported by 3.10.",
            "https://docs.python.org/3/c-api/stable.html",
        ),
        reason(Risk.RESULTS, "sum() of floats and random.shuffle() are other algorithms in other releases."),
    )


def _packages() -> tuple[Difference, ...]:
    return (
        package(
            "opencv-python",
            "4.5.3.56",
            "4.7.0.72",
            reason(
                Risk.BREAKS,
                "dnn.NMSBoxes returns shape (2,), not (2, 1), from 4.5.4 on: code that takes i[0] fails.",
                "https://github.com/opencv/opencv/issues/21061",
            ),
            reason(
                Risk.RESULTS,
                "minAreaRect gives angles in (0, 90] instead of [-90, 0) from 4.5.1 on; "
                "width and height change places.",
                "https://github.com/opencv/opencv/issues/19749",
            ),
        ),
        package(
            "numpy",
            "1.21.6",
            "1.24.4",
            reason(
                Risk.BREAKS,
                "np.float, np.int and np.bool are gone from 1.24 on.",
                "https://numpy.org/doc/stable/release/1.24.0-notes.html",
            ),
        ),
        package(
            "pillow",
            "8.4.0",
            "9.4.0",
            reason(
                Risk.RESULTS,
                "From 9.0 on the wheel bundles another JPEG decoder; one picture's red pixels fell by 39.",
                "https://github.com/python-pillow/Pillow/issues/6536",
            ),
        ),
        package(
            "scikit-learn", "1.0.2", "1.2.2", reason(Risk.RESULTS, "other default solvers in two releases")
        ),
        package(
            "tensorflow-cpu", "2.8.4", "2.12.1", reason(Risk.UNKNOWN, "nothing is recorded of this pair")
        ),
        package("protobuf", "3.19.6", "4.23.4", reason(Risk.UNKNOWN, "nothing is recorded of this pair")),
        package("pip", "23.0.1", "24.2"),
        package("typing-extensions", "4.5.0", None, reason(Risk.UNKNOWN, "B does not have it")),
        package("wheel", None, "0.44.0"),
        difference(
            component(
                Layer.PACKAGES, "pandas", "1.5.3", content=f"sha256:{'a' * 64}", facts={"tag": "cp38-cp38"}
            ),
            component(
                Layer.PACKAGES, "pandas", "1.5.3", content=f"sha256:{'b' * 64}", facts={"tag": "cp310-cp310"}
            ),
            reason(Risk.NONE, "the same release, built for each side's Python"),
        ),
    )


def _others() -> tuple[Difference, ...]:
    return (
        difference(
            component(Layer.KERNEL, "linux", "5.15.0-1051-aws"),
            component(Layer.KERNEL, "linux", "6.1.0-18-amd64"),
        ),
        difference(
            component(Layer.OS, "ubuntu", "20.04"),
            None,
            reason(Risk.UNKNOWN, "another distribution altogether"),
        ),
        difference(None, component(Layer.OS, "debian", "12")),
        difference(
            component(Layer.OS, "glibc", "2.31"),
            component(Layer.OS, "glibc", "2.36"),
            reason(Risk.RESULTS, "libm's expf and powf round some arguments differently."),
        ),
        difference(
            component(Layer.SYSTEM, "openblas", "0.3.17", at="numpy", facts={"threading": "pthreads"}),
            component(Layer.SYSTEM, "openblas", "0.3.21", at="numpy", facts={"threading": "pthreads"}),
            reason(Risk.RESULTS, "matrix products may differ in the last digits"),
        ),
        debian(
            "libjpeg-turbo8", "2.0.3-0ubuntu1", "1:2.1.5-2", reason(Risk.RESULTS, "it decodes JPEG pictures")
        ),
        debian("adduser", "3.118ubuntu2", "3.134"),
        debian("bash", "5.0-6ubuntu1.2", "5.2.15-2+b7"),
        debian("ubuntu-keyring", "2020.02.11.4", None),
        difference(
            component(Layer.ACCELERATOR, "cuda", "11.7", at="torch"),
            component(Layer.ACCELERATOR, "cuda", "11.8", at="torch"),
            reason(Risk.SPEED, "a minor release: kernels are tuned anew"),
        ),
        difference(
            component(Layer.CONFIGURATION, "OMP_NUM_THREADS", "1"),
            component(Layer.CONFIGURATION, "OMP_NUM_THREADS", "8"),
            reason(Risk.RESULTS, "sums are split over another number of threads"),
        ),
    )


def two_environments() -> Comparison:
    """Sarah's venv with Python 3.8 against Tom's with 3.10: something of every risk."""
    return Comparison(
        before=side("venv:environments/sarah", "1"),
        after=side("venv:environments/tom", "2", components=221),
        differences=(*_hardware(), *_others(), _python(), *_packages()),
    )


def environment_and_wish() -> Comparison:
    """An environment against a requirements file: agreements, silence, and one that cannot be decided."""
    wish = component(Layer.PACKAGES, "numpy", requirement=">=1.21,<2")
    odd = component(Layer.PACKAGES, "torch", requirement="==1.13.0.*.post", marker="os_name == 'posix'")
    return Comparison(
        before=side("venv:environments/sarah", "1"),
        after=side("requirements.txt", "3", Standing.WANTED, components=3),
        differences=(
            difference(component(Layer.KERNEL, "linux", "5.15.0"), None, relation=Relation.UNSTATED),
            *(
                difference(
                    component(Layer.SYSTEM, f"lib{number}", "1.0", ecosystem=Ecosystem.DEBIAN),
                    None,
                    relation=Relation.UNSTATED,
                )
                for number in range(12)
            ),
            difference(component(Layer.PACKAGES, "numpy", "1.21.6"), wish, relation=Relation.AGREES),
            difference(
                component(Layer.PACKAGES, "torch", "1.13.0"),
                odd,
                relation=Relation.UNDECIDED,
                risk=Risk.UNKNOWN,
            ),
            difference(
                component(Layer.PACKAGES, "pillow", "8.4.0"),
                component(Layer.PACKAGES, "pillow", requirement=">=9.1,<10"),
                reason(Risk.RESULTS, "From 9.0 on the wheel bundles another JPEG decoder."),
            ),
        ),
    )


def equal() -> Comparison:
    """Two environments that are one stack."""
    return Comparison(before=side("venv:a", "1"), after=side("venv:b", "1"))


def hostile() -> Comparison:
    """Names, values, places and reasons written by somebody who wants to be more than text."""
    old = component(
        Layer.PACKAGES,
        HOSTILE,
        HOSTILE,
        at=HOSTILE,
        build=f"{HOSTILE}1",
        facts={HOSTILE: HOSTILE, "x": (HOSTILE,)},
    )
    new = component(
        Layer.PACKAGES,
        HOSTILE,
        f"{HOSTILE}2",
        at=HOSTILE,
        build=f"{HOSTILE}2",
        facts={HOSTILE: "y", "x": ("z",)},
    )
    why = reason(
        Risk.BREAKS, HOSTILE, "javascript:alert(1)", HOSTILE, 'https://example.org/"onclick="alert(1)'
    )
    return Comparison(
        before=side(HOSTILE, "1"),
        after=side(HOSTILE, "2"),
        differences=(
            difference(old, new, why),
            difference(old, None, relation=Relation.UNSTATED),
            difference(old, new, relation=Relation.AGREES),
        ),
    )


def large(number: int = 1500) -> Comparison:
    """As many packages as two very full images have, every one with a reason and a source."""
    risks = tuple(Risk)
    return Comparison(
        before=side("image-before.json", "1", components=number),
        after=side("image-after.json", "2", components=number),
        differences=tuple(
            package(
                f"package-{index:04}",
                f"1.{index}.0",
                f"2.{index}.0",
                reason(
                    risks[index % len(risks)],
                    f"Release 2.{index}.0 changes what function number {index} returns for the same input.",
                    f"https://example.org/package-{index:04}/changes",
                ),
            )
            for index in range(number)
        ),
    )


def observed_snapshot() -> Snapshot:
    """A venv on a machine with a GPU, with something in every layer, and two remarks."""
    components = (
        component(
            Layer.HARDWARE,
            "cpu",
            "AMD EPYC 7R13 Processor",
            facts={"architecture": "x86_64", "instruction_sets": ("avx2", "fma"), "logical_processors": 8},
        ),
        component(Layer.HARDWARE, "gpu", "NVIDIA L4", at="0"),
        component(Layer.DRIVER, "nvidia-driver", "550.54.15", facts={"highest_cuda": "12.4"}),
        component(Layer.KERNEL, "linux", "6.1.0-18-amd64"),
        component(Layer.OS, "debian", "12"),
        component(Layer.OS, "glibc", "2.36"),
        component(
            Layer.SYSTEM, "adduser", "3.134", ecosystem=Ecosystem.DEBIAN, facts={"architecture": "all"}
        ),
        component(
            Layer.SYSTEM, "bash", "5.2.15-2+b7", ecosystem=Ecosystem.DEBIAN, facts={"architecture": "amd64"}
        ),
        component(Layer.SYSTEM, "openblas", "0.3.21", at="numpy"),
        component(Layer.ACCELERATOR, "cuda", "11.8", at="torch"),
        component(Layer.PYTHON, "python", "3.10.13", build="cpython-310-x86_64-linux-gnu, GCC 12.2.0"),
        component(Layer.PACKAGES, "numpy", "1.24.4", content=f"sha256:{'c' * 64}"),
        component(Layer.PACKAGES, "pillow", "9.4.0", facts={"hashes": (f"sha256:{'d' * 64}",)}),
        component(
            Layer.PACKAGES,
            "defect-detection-of-surfaces-with-a-very-long-distribution-name",
            "0.3.0.dev14+g1a2b3c4",
            source="git+https://git.example/visionaryai/defect-detection@1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d",
        ),
        component(Layer.PACKAGES, "mkl", "2023.1.0", ecosystem=Ecosystem.CONDA, build="h213fc3f_46344"),
        component(Layer.PACKAGES, "torch", "2.0.1+cu118"),
        component(
            Layer.MODELS,
            "google/vit-base-patch16-224",
            "3F49326EB077187DFE1C2A2BB15FBD74E6AB91E3",
            ecosystem=Ecosystem.HUGGING_FACE,
        ),
        component(Layer.CONFIGURATION, "OMP_NUM_THREADS", "8"),
    )
    return Snapshot(
        origin=side("venv:environments/tom", "2").origin,
        stack=Stack.of(components),
        host=Host.of(components),
        configuration=Configuration.of(components),
        remarks=(
            Remark(
                code="duplicate-distribution",
                layer=Layer.PACKAGES,
                subject="numpy",
                message="two distributions claim this name",
                place="environments/tom/lib/python3.10/site-packages",
            ),
            Remark(code="no-record", layer=Layer.PACKAGES, subject="old-thing", message="it has no RECORD"),
        ),
    )

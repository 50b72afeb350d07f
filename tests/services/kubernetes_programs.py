"""Kubernetes' own programs: Debian's etcd and kubectl, and an API server built from Debian's source package.

Debian has no package of the API server for its present release, but has the source and the compiler. Kept
for good below the cache of whoever runs the tests; ``python -m tests.services.kubernetes_programs`` makes
them ahead of the tests. Nothing is installed on the machine.
"""

import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from samestack.errors import OutsideError
from samestack.process import run
from tests.services.base_archive import kept_in
from tests.services.debian_packages import source_archive, unpack
from tests.services.requirement import require_program, unavailable

VERSION: Final = "1.20.2"
SUITE: Final = "bookworm"
_PACKAGES: Final = ("etcd-server", "golang-1.19-go", "kubernetes-client")
_BUILD_SECONDS: Final = 1800
_OUTPUT: Final = "pkg/generated/openapi"
"""The one package whose generated code the source comes without."""
_GENERATED_FROM: Final = ("pkg", "staging/src/k8s.io")
_MARK: Final = b"+k8s:openapi-gen="
_NOT_SERVED: Final = ("code-generator/", "sample-apiserver/")


class KubernetesPrograms(Struct, frozen=True, kw_only=True):
    """Where they are."""

    api_server: Path
    etcd: Path
    kubectl: Path


def kubernetes_programs() -> KubernetesPrograms:
    """The programs, made if need be; the test ends here where they cannot be had."""
    directory = kept_in("test-programs")
    programs = KubernetesPrograms(
        api_server=directory / f"kube-apiserver-{VERSION}",
        etcd=directory / f"etcd-{SUITE}",
        kubectl=directory / f"kubectl-{VERSION}",
    )
    if not _are_there(programs):
        directory.mkdir(parents=True, exist_ok=True)
        with _alone(directory / "kubernetes.lock"):
            if not _are_there(programs):
                _make(programs, directory)
    return programs


def _are_there(programs: KubernetesPrograms) -> bool:
    return all(path.is_file() for path in (programs.api_server, programs.etcd, programs.kubectl))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Wait until no other process makes the programs."""
    with file.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(programs: KubernetesPrograms, directory: Path) -> None:
    """Make all of them in a directory beside, which goes away, and put each in its place by a rename."""
    with tempfile.TemporaryDirectory(dir=directory, prefix=".making-") as name:
        aside = Path(name)
        root = unpack(SUITE, list(_PACKAGES), aside / "packages")
        try:
            built = _Build(root, _source(aside), aside).api_server()
        except OutsideError as error:
            unavailable(f"the API server of Kubernetes cannot be built: {error.message.splitlines()[-1]}")
        (root / "usr/bin/etcd").rename(programs.etcd)
        (root / "usr/bin/kubectl").rename(programs.kubectl)
        built.rename(programs.api_server)


def _source(aside: Path) -> Path:
    """The source, where Go looks for it. Debian's own changes are to kubectl alone and are left out."""
    archive = source_archive(SUITE, "kubernetes", aside / "source")
    directory = aside / "go/src/k8s.io/kubernetes"
    directory.mkdir(parents=True)
    run(
        [require_program("tar"), "--extract", "--file", archive, "--strip-components=1"],
        directory=directory,
        timeout=300,
    )
    return directory


class _Build:
    """What ``make WHAT=cmd/kube-apiserver`` comes to, less what that spends most of its time on.

    Of the generated code, the source package holds all but one file. Without optimisation and the drivers of
    five clouds, the compiler is done in a quarter of the time.
    """

    def __init__(self, root: Path, source: Path, aside: Path) -> None:
        self._source = source
        self._aside = aside
        self._go = root / "usr/lib/go-1.19/bin/go"
        self._environment = {
            "GOROOT": str(root / "usr/lib/go-1.19"),
            "GOPATH": str(aside / "go"),
            "GOCACHE": str(aside / "cache"),
            "GO111MODULE": "off",
            "GOENV": "off",
            "GOFLAGS": "",
            "GOGC": "200",
            "GOPROXY": "off",
            "CGO_ENABLED": "0",
        }

    def api_server(self) -> Path:
        """The program, still in the directory of the build."""
        self._generate()
        built = self._aside / "kube-apiserver"
        flags = [
            "-tags=providerless",
            "-gcflags=all=-N -l",
            f"-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v{VERSION}",
        ]
        self._run(self._go, "build", *flags, "-o", built, "./cmd/kube-apiserver")
        return built

    def _generate(self) -> None:
        """The one file: what the server says of its own interface, which ``kubectl apply`` asks for."""
        generator = self._aside / "openapi-gen"
        self._run(self._go, "build", "-o", generator, "./vendor/k8s.io/kube-openapi/cmd/openapi-gen")
        self._run(
            generator,
            "--input-dirs",
            ",".join(f"k8s.io/kubernetes/{package}" for package in self._marked()),
            *("--output-package", f"k8s.io/kubernetes/{_OUTPUT}"),
            *("--output-file-base", "zz_generated.openapi"),
            *("--go-header-file", self._source / "vendor/k8s.io/code-generator/hack/boilerplate.go.txt"),
            *("--report-filename", self._aside / "violations"),
        )

    def _marked(self) -> list[str]:
        """The packages whose types are part of the interface, by the names that Go has for them."""
        files = (file for below in _GENERATED_FROM for file in (self._source / below).rglob("*.go"))
        marked = {file.parent.relative_to(self._source) for file in files if _is_marked(file)}
        names = (str(package).replace("staging/src/", "vendor/", 1) for package in marked)
        return sorted(name for name in names if not any(part in f"{name}/" for part in _NOT_SERVED))

    def _run(self, *command: str | Path) -> None:
        words = [require_program("nice"), "-n", "5", *command]
        run(words, directory=self._source, environment=self._environment, timeout=_BUILD_SECONDS)


def _is_marked(file: Path) -> bool:
    data = file.read_bytes()
    return _MARK in data and any(
        line.startswith(b"//") and line.lstrip(b"/ ").startswith(_MARK) for line in data.splitlines()
    )


def main() -> int:
    """Make the programs and say where they are and what that took."""
    start = time.monotonic()
    try:
        programs = kubernetes_programs()
    except (pytest.skip.Exception, pytest.fail.Exception) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    spent = os.times()
    seconds = spent.user + spent.system + spent.children_user + spent.children_system
    taken = time.monotonic() - start
    sys.stdout.write(f"{programs.api_server}: {taken:.0f} seconds, {seconds:.0f} of a processor\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

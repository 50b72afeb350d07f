from samestack.capture.options import Options
from samestack.capture.probes.conda.prefix_libraries import with_libraries
from tests.capture.probes.memory_tree import MemoryTree
from tests.check.subjects import python

FILES: dict[str, str | bytes] = {
    "/opt/conda/conda-meta/history": "",
    "/opt/conda/lib/libgomp.so.1": "",
    "/opt/conda/lib/libgomp.so.1.0.0": "",
    "/opt/plain/lib/libgomp.so.1": "",
}
DEEP = Options(deep=True)


def test_a_deep_capture_tells_what_a_conda_prefix_holds() -> None:
    told = with_libraries(MemoryTree(FILES), python(), "/opt/conda", DEEP)
    assert told.circumstances == {"libraries": ("libgomp.so.1",)}


def test_a_plain_capture_and_any_other_prefix_do_not() -> None:
    assert with_libraries(MemoryTree(FILES), python(), "/opt/conda", Options()) == python()
    assert with_libraries(MemoryTree(FILES), python(), "/opt/plain", DEEP) == python()

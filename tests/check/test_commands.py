from hypothesis import given
from hypothesis import strategies as st

from samestack.check.commands import is_harmless, pip_install, pip_install_anew


def test_a_requirement_is_quoted_where_a_shell_would_read_it() -> None:
    assert pip_install("numpy<2") == 'pip install "numpy<2"'
    assert pip_install("numpy") == "pip install numpy"
    assert pip_install("uvicorn[standard]>=0.12,!=0.13") == 'pip install "uvicorn[standard]>=0.12,!=0.13"'
    assert pip_install_anew("numpy==1.26.4") == "pip install --force-reinstall --no-deps numpy==1.26.4"


@given(st.text())
def test_nothing_that_a_shell_would_run_is_offered(text: str) -> None:
    for command in (pip_install(text), text if is_harmless(text) else ""):
        inside = command.removeprefix("pip install ").removeprefix('"').removesuffix('"')
        assert not set(inside) & set("`$;&|()\"'\\ \n")
        assert not inside.startswith("-")

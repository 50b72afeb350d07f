"""The requirements of a requirements file, found where they stand."""

from samestack.solve.written.requirement_text import REQUIREMENTS

TEXT = """\
# pins
numpy >=1.21 ; python_version < "3.11"  # the last that works
-r base.txt
-e ./lib[gpu]
pandas==1.4.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb  # locked
torch\\
>=2
"""


def test_every_requirement_is_found() -> None:
    spans = REQUIREMENTS.spans(TEXT)
    assert [(span.place, span.value, span.is_hashed) for span in spans] == [
        ("line 2", 'numpy >=1.21 ; python_version < "3.11"', False),
        ("line 4", "-e ./lib[gpu]", False),
        ("line 5", "pandas==1.4.0", True),
        ("line 8", "torch>=2", False),
    ]
    assert [TEXT[span.start : span.end] for span in spans] == [
        'numpy >=1.21 ; python_version < "3.11"',
        "-e ./lib[gpu]",
        "pandas==1.4.0",
        "torch\\\n>=2",
    ]


def test_what_is_taken_out_is_the_line_with_those_that_continue_it() -> None:
    spans = REQUIREMENTS.spans(TEXT)
    taken = [TEXT[slice(*(REQUIREMENTS.extent(TEXT, span) or (0, 0)))] for span in spans]
    assert "".join(taken) == TEXT.replace("# pins\n", "").replace("-r base.txt\n", "")

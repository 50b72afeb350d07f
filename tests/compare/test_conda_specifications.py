"""Conda's specifications against rattler, which is conda's own reading of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec, VersionSpec
from rattler import Version as CondaVersion

from samestack.compare.conda_specifications import (
    MAX_CHARACTERS,
    as_specifier,
    normalized_spacing,
    parse_match_specification,
)

numbers = st.integers(0, 12).map(str)
releases = st.lists(numbers, min_size=1, max_size=4).map(".".join)
suffixes = st.tuples(
    st.sampled_from(["", "a1", "b2", "rc1", "rc12"]),
    st.sampled_from(["", ".post1", ".post12"]),
    st.sampled_from(["", ".dev0", ".dev3"]),
).map("".join)
epochs = st.sampled_from(["", "", "", "1!"])


def version_of(epoch: str, release: str, suffix: str) -> str:
    """A version; one with a suffix has as many numbers as any specification, for the reason said there."""
    padding = ".0" * (3 - release.count(".")) if suffix else ""
    return f"{epoch}{release}{padding}{suffix}"


versions = st.builds(version_of, epochs, releases, suffixes)
operators = st.sampled_from(["", "=", "==", "!=", "~=", "<", "<=", ">", ">="])
clauses = st.builds("{}{}{}".format, operators, releases, st.sampled_from(["", "", ".*"]))
specifications = st.lists(clauses, min_size=1, max_size=3).map(",".join)
names = st.from_regex(r"[a-z_][a-z0-9_.-]{0,10}", fullmatch=True)
builds = st.sampled_from(["py310h1a2b3c4_0", "*cuda*", "h0_1", "*_openblas", "py_0"])


def assert_means_the_same(specification: str, version: str) -> None:
    said = as_specifier(specification)
    if said is not None:
        expected = VersionSpec(specification).matches(CondaVersion(version))
        assert SpecifierSet(said).contains(version, prereleases=True) is expected


@given(specifications, versions)
@example("<2", "2.0.0.0rc1")
@example(">1.2", "1.2.0.0.post1")
@example("~=1.2", "1.2.0.0rc1")
@example("=1.2.0", "1.2")
@example("!=1.3.*", "1.3.0.0rc1")
def test_what_can_be_said_means_the_same(specification: str, version: str) -> None:
    assert_means_the_same(specification, version)


@given(operators, releases, st.sampled_from(["", ".0", ".1"]), suffixes)
def test_it_does_so_next_to_the_version_that_it_names(
    operator: str, release: str, more: str, suffix: str
) -> None:
    assert_means_the_same(f"{operator}{release}", version_of("", f"{release}{more}", suffix))


@pytest.mark.parametrize(
    ("conda", "expected"),
    [
        ("=1.26", "==1.26.*"),
        ("1.26.*", "==1.26.*"),
        ("=1.26.*", "==1.26.*"),
        ("==1.2", "==1.2"),
        ("1.2", "==1.2"),
        ("~=1.2", "~=1.2"),
        ("!=1.3", "!=1.3"),
        (">=1", ">=1"),
        (">= 1 , != 1.5", ">=1,!=1.5"),
        (">=1,<2", ">=1,<=2,!=2"),
        ("*", ""),
    ],
)
def test_what_is_said(conda: str, expected: str) -> None:
    assert as_specifier(conda) == expected


@pytest.mark.parametrize(
    "conda",
    [
        "1.26|1.27",
        "(>=1,<2)|3",
        "^1.2.*$",
        "1.*.3",
        "==1.2.*",  # conda reads it as ==1.2, rattler as 1.2.*
        ">1.2.*",
        "~=1",
        "2021a",
        "1.2 py310_0",
        "*[build_number='2']",
        "9" * 30,
        "",
        ">=1," * MAX_CHARACTERS,
    ],
)
def test_what_cannot_be_said(conda: str) -> None:
    assert as_specifier(conda) is None


def spelled(name: str, version: str, build: str | None, form: int) -> str:
    if build is None:
        return [f"{name} {version}", f"{name}{version}", f"{name}[version='{version}']"][form]
    return [
        f"{name} {version} {build}",
        f"{name}{version}={build}",
        f'{name}[version="{version}",build={build}]',
    ][form]


@given(names, specifications, st.none() | builds, st.integers(0, 2), st.sampled_from(["", "conda-forge::"]))
def test_a_specification_is_taken_apart_as_rattler_does(
    name: str, version: str, build: str | None, form: int, channel: str
) -> None:
    operator_first = version if version[0] in "=<>!~" else f"=={version}"
    text = channel + spelled(name, operator_first, build, form)
    parsed, oracle = parse_match_specification(text), MatchSpec(text)
    assert (parsed.name, parsed.build) == (oracle.name.normalized, oracle.build)
    assert (parsed.channel or None) == (oracle.channel and oracle.channel.name)
    if ".*" not in version:  # rattler forgives ==1.2.* in one of the two and not in the other
        assert VersionSpec(parsed.version or "") == VersionSpec(oracle.version or "")


@pytest.mark.parametrize(
    ("text", "expected", "exact"),
    [
        ("numpy", ("numpy", None, None, None), None),
        ("NumPy=1.26", ("numpy", None, "=1.26", None), None),
        ("numpy >=1.2, <2", ("numpy", None, ">=1.2,<2", None), None),
        ("conda-forge::numpy==1.26.4=py310h_0", ("numpy", "conda-forge", "==1.26.4", "py310h_0"), "1.26.4"),
        ("numpy=1.26.4=py310h_0", ("numpy", None, "==1.26.4", "py310h_0"), "1.26.4"),
        ("numpy 1.26.4 py310h_0", ("numpy", None, "1.26.4", "py310h_0"), "1.26.4"),
        ("numpy 1.26.4", ("numpy", None, "1.26.4", None), "1.26.4"),
        ("numpy=1.26.*", ("numpy", None, "=1.26.*", None), None),
        ("numpy[version='>=1',build=*cuda*]", ("numpy", None, ">=1", "*cuda*"), None),
        ("conda-forge/linux-64::numpy", ("numpy", "conda-forge", None, None), None),
        ("https://c.example/me/noarch::numpy", ("numpy", "https://c.example/me", None, None), None),
        ("numpy[channel=conda-forge]", ("numpy", "conda-forge", None, None), None),
        ("numpy=1.26=*", ("numpy", None, "==1.26", None), "1.26"),
        ("numpy  # the rest is a comment", ("numpy", None, None, None), None),
    ],
)
def test_every_spelling(text: str, expected: tuple[str | None, ...], exact: str | None) -> None:
    parsed = parse_match_specification(text)
    assert (parsed.name, parsed.channel, parsed.version, parsed.build) == expected
    assert parsed.exact_version == exact


@pytest.mark.parametrize(
    ("text", "requirement", "is_exact"),
    [
        ("numpy", None, False),
        ("numpy >=1.2, <2", ">=1.2,<2", False),
        ("numpy =1.26.4=*cuda*", "==1.26.4 *cuda*", False),
        ("numpy[build=*cuda*]", "* *cuda*", False),
        ("numpy[version=1.26.4,build_number=2]", "1.26.4[build_number='2']", False),
        ("numpy[build_number=2]", "*[build_number='2']", False),
        ("numpy=1.26.4=py310_0", "==1.26.4 py310_0", True),
        ("numpy==1.26.4", "==1.26.4", True),
    ],
)
def test_what_is_wanted_of_it(text: str, requirement: str | None, *, is_exact: bool) -> None:
    parsed = parse_match_specification(text)
    assert (parsed.requirement, parsed.is_exact) == (requirement, is_exact)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*cuda*",
        "numpy[",
        "numpy[version]",
        "numpy]a[",
        "numpy[version='1',,]",
        "numpy ; python_version < '3'",
        "numpy @ https://user:hunter2@host.example/numpy.whl",
        "numpy=>1",
        "numpy >1,",
        "numpy 1.2 build string",
        "n" * (MAX_CHARACTERS + 1),
    ],
)
def test_what_is_no_specification(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        parse_match_specification(text)
    assert "hunter2" not in str(refusal.value)


@given(st.text(max_size=40) | st.text("numpy[]'\"=<>!~*|,:. 12py_", max_size=40))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    try:
        parsed = parse_match_specification(text)
    except ValueError:
        return
    assert parsed.name
    as_specifier(parsed.requirement or "*")


@given(st.text("=<>!~*|,. 12py_()", max_size=40))
def test_spacing_is_normalised_once(text: str) -> None:
    once = normalized_spacing(text)
    assert normalized_spacing(once) == once

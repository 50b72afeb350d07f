"""Package URLs against the reference implementation, packageurl."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from samestack.capture.readers.bills.package_urls import PackageUrl

words = st.text("abcXYZ019-._~", min_size=1, max_size=10).filter(lambda text: text.strip("."))
texts = st.text("abZ09-._~+:@/%& é!", min_size=1, max_size=10).filter(lambda text: text == text.strip())
urls = st.builds(
    PackageUrl,
    type=st.sampled_from(["conda", "deb", "rpm", "generic", "cargo"]),
    namespace=st.lists(words, max_size=2).map("/".join),
    name=words,
    version=st.just("") | texts,
    qualifiers=st.dictionaries(st.sampled_from(["arch", "epoch", "build", "channel"]), texts, max_size=2),
)


@given(urls)
def test_what_is_written_is_read(url: PackageUrl) -> None:
    assert PackageUrl.parse(str(url)) == url


@given(urls)
def test_what_is_written_is_what_the_reference_reads(url: PackageUrl) -> None:
    read = PackageURL.from_string(str(url))
    assert (read.type, read.namespace or "", read.name, read.version or "", read.qualifiers) == (
        url.type,
        url.namespace,
        url.name,
        url.version,
        url.qualifiers,
    )


@given(urls)
def test_what_the_reference_writes_is_read(url: PackageUrl) -> None:
    written = PackageURL(url.type, url.namespace, url.name, url.version, dict(url.qualifiers)).to_string()
    assert PackageUrl.parse(written) == url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pkg:pypi/Django_x.y@1.0", PackageUrl(type="pypi", name="django-x-y", version="1.0")),
        ("PKG://PyPI/a@1.0+cu118", PackageUrl(type="pypi", name="a", version="1.0+cu118")),
        (
            "pkg:deb/debian/libc6@1%3A2.36?arch=amd64&distro=",
            PackageUrl(
                type="deb", namespace="debian", name="libc6", version="1:2.36", qualifiers={"arch": "amd64"}
            ),
        ),
        ("pkg:npm/@scope/name@1", PackageUrl(type="npm", namespace="@scope", name="name", version="1")),
        ("pkg:npm/@scope/name", PackageUrl(type="npm", namespace="@scope", name="name")),
        ("pkg:generic/a//b@1#some/file", PackageUrl(type="generic", namespace="a", name="b", version="1")),
        ("pkg:pypi/a?B=1", PackageUrl(type="pypi", name="a", qualifiers={"b": "1"})),
    ],
)
def test_what_is_read(text: str, expected: PackageUrl) -> None:
    assert PackageUrl.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "pypi/a", "pkg:", "pkg:pypi", "pkg:pypi/", "pkg:/a", "pkg:py pi/a", "pkg:1a/b", "pkg:pypi/a?x y=1"],
)
def test_what_is_no_package_url(text: str) -> None:
    with pytest.raises(ValueError, match="not a package URL"):
        PackageUrl.parse(text)


@given(st.text(max_size=30) | st.text("pkg:pyi/@?#&=%é", max_size=30).map("pkg:{}".format))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        url = PackageUrl.parse(text)
    except ValueError:
        return
    assert PackageUrl.parse(str(url)) == url

from samestack.image.debian.settled.certificates import certificates
from samestack.image.layers.contents import BytesContent
from tests.image.debian.settled.made_roots import root

FOLDER = "usr/share/ca-certificates/mozilla"


def test_all_are_in_one_bundle_that_openssl_finds() -> None:
    files = {f"{FOLDER}/B_(x).crt": b"two", f"{FOLDER}/A.crt": b"one\n", "usr/lib/ssl/misc/x": b""}
    made = {one.path: one for one in certificates(root({**files, "usr/lib/ssl": b""}))}
    assert made["etc/ssl/certs/ca-certificates.crt"].content == BytesContent(b"one\ntwo\n")
    assert made["etc/ca-certificates.conf"].content == BytesContent(b"mozilla/A.crt\nmozilla/B_(x).crt\n")
    assert made["etc/ssl/certs/B_=x=.pem"].target == f"/{FOLDER}/B_(x).crt"
    assert made["usr/lib/ssl/cert.pem"].target == "/etc/ssl/certs/ca-certificates.crt"


def test_without_certificates_nothing_is_made() -> None:
    assert list(certificates(root({"usr/lib/ssl": b""}))) == []

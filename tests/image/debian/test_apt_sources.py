from samestack.image.debian.apt_sources import AptSource, from_list, from_stanzas

ADDRESS = "https://registry.example.com/debian"


def test_a_line_has_an_address_a_suite_and_components() -> None:
    text = f"# a mirror\ndeb {ADDRESS} bookworm main contrib # the usual\n\ndeb-src {ADDRESS} bookworm main\n"
    assert list(from_list(text)) == [
        AptSource(address=ADDRESS, suite="bookworm", components=("main", "contrib"))
    ]


def test_a_line_can_name_its_keys() -> None:
    (found,) = from_list(f"deb [arch=amd64 signed-by=/keys/a.gpg] {ADDRESS} trixie main")
    assert (found.keyring, found.suite) == ("/keys/a.gpg", "trixie")


def test_a_stanza_holds_several() -> None:
    text = (
        f"Types: deb deb-src\n# a comment\nURIs: {ADDRESS} {ADDRESS}-old\nSuites: bookworm bookworm-updates\n"
        "Components: main\nSigned-By: /keys/a.gpg\n\nTypes: deb\nEnabled: no\n"
        f"URIs: {ADDRESS}\nSuites: sid\nComponents: main\n"
    )
    found = list(from_stanzas(text))
    assert [(one.address.removeprefix(ADDRESS), one.suite) for one in found] == [
        ("", "bookworm"),
        ("", "bookworm-updates"),
        ("-old", "bookworm"),
        ("-old", "bookworm-updates"),
    ]
    assert {one.keyring for one in found} == {"/keys/a.gpg"}


def test_keys_that_stand_in_a_stanza_are_no_file() -> None:
    key = (
        "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n -----END PGP PUBLIC KEY BLOCK-----\n"
    )
    (found,) = from_stanzas(f"Types: deb\nURIs: {ADDRESS}\nSuites: sid\nComponents: main\n{key}")
    assert found.keyring == ""

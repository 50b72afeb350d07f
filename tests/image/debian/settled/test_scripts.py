import pytest

from samestack.image.debian.settled.scripts import unsettled
from tests.image.debian.settled.made_roots import package

NOTHING = "#!/bin/sh\nset -e\n# a comment\n\nexit 0\n"
ADDED = "# Automatically added by {}/13.11.4\nif true; then\n\tdo-it\nfi\n# End automatically added section\n"


@pytest.mark.parametrize(
    "scripts",
    [
        {},
        {"postinst": NOTHING},
        {"postinst": NOTHING + ADDED.format("dh_installsystemd") + ADDED.format("dh_makeshlibs")},
        {"postinst": "#!/bin/sh\nupdate-alternatives --install /a a \\\n  /b 5\n"},
        {"prerm": "rm -rf /x\n"},
    ],
)
def test_scripts_that_do_nothing_more_are_settled(scripts: dict[str, str]) -> None:
    assert unsettled([package("a1", **scripts)]) == ()


@pytest.mark.parametrize(
    "scripts",
    [
        {"postinst": NOTHING + "adduser a\n"},
        {"postinst": NOTHING + ADDED.format("dh_installsysusers")},
        {"postinst": 'update-alternatives --install /a a "$x" 5\n'},
        {"preinst": "dpkg-divert --add --rename /bin/x\n"},
    ],
)
def test_all_others_are_named(scripts: dict[str, str]) -> None:
    assert unsettled([package("a1", **scripts), package("b1")]) == ("a1",)


def test_packages_that_rules_stand_for_and_pythons_are_settled() -> None:
    names = ["base-files", "tzdata", "python3.11-minimal", "libpython3.13-stdlib", "python3"]
    assert unsettled([package(name, postinst="do-it\n") for name in names]) == ()
    assert unsettled([package("python3-apport", postinst="do-it\n")]) == ("python3-apport",)

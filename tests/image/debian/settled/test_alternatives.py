import pytest

from samestack.image.debian.settled.alternatives import Alternative, alternatives, stated
from samestack.image.layers.contents import BytesContent
from tests.image.debian.settled.made_roots import package, root

VI = """\
if [ "$1" = configure ]; then
    update-alternatives --install /usr/bin/vi vi /usr/bin/vim 30 \\
        --slave /usr/bin/view view /usr/bin/vimview \\
        --slave /usr/share/man/man1/vi.1.gz vi.1.gz /usr/share/man/man1/vim.1.gz || true
fi
"""


def test_what_a_script_installs_is_read() -> None:
    (found,) = stated(VI)
    assert found == Alternative(
        link="/usr/bin/vi",
        name="vi",
        path="/usr/bin/vim",
        priority=30,
        slaves=(
            ("/usr/bin/view", "view", "/usr/bin/vimview"),
            ("/usr/share/man/man1/vi.1.gz", "vi.1.gz", "/usr/share/man/man1/vim.1.gz"),
        ),
    )


@pytest.mark.parametrize(
    "script",
    [
        "update-alternatives --remove vi /usr/bin/vim",
        'update-alternatives --install /usr/bin/vi vi "$path" 30',
        "update-alternatives --install /usr/bin/vi vi /usr/bin/vim `prio`",
        "update-alternatives --install /usr/bin/vi vi",
        "update-alternatives --install /usr/../etc/vi vi /usr/bin/vim 30",
        "update-alternatives --install /usr/bin/vi ../vi /usr/bin/vim 30",
        "update-alternatives --install usr/bin/vi vi /usr/bin/vim 30",
        "update-alternatives --install /usr/bin/vi vi /usr/bin/vim 30 --slave /a/b c /d/../e",
        "# update-alternatives --install /usr/bin/vi vi /usr/bin/vim 30",
        "echo 'update-alternatives --install /usr/bin/vi vi /usr/bin/vim 30",
    ],
)
def test_what_is_not_literal_is_not_guessed(script: str) -> None:
    assert list(stated(script)) == []


def test_the_one_of_the_highest_priority_stands_behind_the_name() -> None:
    nano = "update-alternatives --install /usr/bin/vi vi /usr/bin/nvi 19\n"
    files = {"usr/bin/vim": b"", "usr/bin/vimview": b"", "usr/bin/nvi": b""}
    made = alternatives(root(files, {}, package("nvi", postinst=nano), package("vim", postinst=VI)))
    found = {one.path: one for one in made}
    assert found["usr/bin/vi"].target == "/etc/alternatives/vi"
    assert found["etc/alternatives/vi"].target == "/usr/bin/vim"
    assert found["etc/alternatives/view"].target == "/usr/bin/vimview"
    assert "etc/alternatives/vi.1.gz" not in found  # what it would lead to is left out
    record = found["var/lib/dpkg/alternatives/vi"].content
    assert record == BytesContent(
        b"auto\n/usr/bin/vi\nvi.1.gz\n/usr/share/man/man1/vi.1.gz\nview\n/usr/bin/view\n\n"
        b"/usr/bin/nvi\n19\n\n\n/usr/bin/vim\n30\n/usr/share/man/man1/vim.1.gz\n/usr/bin/vimview\n\n"
    )


def test_what_is_not_there_stands_behind_nothing() -> None:
    assert list(alternatives(root({}, {}, package("vim", postinst=VI)))) == []

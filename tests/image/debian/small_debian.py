"""A Debian of a few packages, with what the rules need to set a base up."""

from pathlib import Path

from tests.image.debian.package_maker import MadeMirror, deb, fields, folder, link, tree

ESSENTIAL = {"Essential": "yes", "Priority": "required"}
MAWK = """\
#!/bin/sh
set -e
# Automatically added by dh_installalternatives/13.7.1
if [ "$1" = "configure" ]; then
        update-alternatives --install /usr/bin/awk awk /usr/bin/mawk 5 \\
            --slave /usr/share/man/man1/awk.1.gz awk.1.gz /usr/share/man/man1/mawk.1.gz \\
            --slave /usr/bin/nawk nawk /usr/bin/mawk
fi
# End automatically added section
"""


def small_debian(directory: Path) -> MadeMirror:
    """The mirror; it is not published yet, so that more can be added."""
    mirror = MadeMirror(directory)
    about = fields("base-files", Pre_Depends="awk", **ESSENTIAL)
    files = tree({"usr/share/base-files/profile": "PS1=$\n", "etc/debian_version": "12\n", "bin/x": "x"})
    members = [
        *files,
        (folder("./root", 0o700), b""),
        (folder("./var/run"), b""),
        (folder("./tmp", 0o1777), b""),
    ]
    mirror.add(about, deb(about, members, {"conffiles": "/etc/debian_version\n"}))
    about = fields("base-passwd", **ESSENTIAL)
    accounts = {"passwd.master": "root:*:0:0:root:/root:/bin/bash\n", "group.master": "root:*:0:\n"}
    mirror.add(about, deb(about, tree({f"usr/share/base-passwd/{k}": v for k, v in accounts.items()})))
    about = fields("debianutils", **ESSENTIAL)
    mirror.add(about, deb(about, tree({"usr/share/debianutils/shells": "# shells\n/bin/sh\n"})))
    about = fields("dash", Depends="debianutils (>= 1.0)", **ESSENTIAL)
    dash = [*tree({"bin/dash": "dash", "usr/share/debianutils/shells.d/dash": "/bin/dash\n"})]
    mirror.add(about, deb(about, [*dash, (link("./bin/sh", "dash"), b"")], suffix=".zst"))
    about = fields("mawk", Provides="awk", Priority="required")
    mirror.add(about, deb(about, tree({"usr/bin/mawk": "awk"}), {"postinst": MAWK}))
    about = fields("original-awk", Provides="awk")
    mirror.add(about, deb(about, tree({"usr/bin/original-awk": "awk"})))
    return mirror

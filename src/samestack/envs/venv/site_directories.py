"""Where the packages of a virtual environment are, and which there are by the names of their metadata."""

# ruff: noqa: PTH112, PTH208 - texts, since that is what is made of them everywhere

import os


def site_directories(environment: str) -> list[str]:
    """Those that are there, in order; mostly one."""
    library = f"{environment}/lib"
    try:
        names = sorted(name for name in os.listdir(library) if name.startswith(("python", "pypy")))
    except OSError:
        return []
    found = (f"{library}/{name}/site-packages" for name in names)
    return [path for path in found if os.path.isdir(path)]


def metadata_directories(environment: str) -> list[tuple[str, str]]:
    """Of each package the directory that it is in, and the name of its metadata there."""
    return [
        (site, name)
        for site in site_directories(environment)
        for name in os.listdir(site)
        if name.endswith(".dist-info")
    ]

"""Installed distributions, environments and interpreters as tests plant them in a directory."""

from pathlib import Path

WHEEL = "Wheel-Version: 1.0\nGenerator: planted\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
PLATFORM = "x86_64-linux-gnu"


def write(path: Path, content: str | bytes = "") -> Path:
    """A file with its parent directories."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def metadata(name: str, version: str) -> str:
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: planted\n\nA description.\n"


def dist_info(site: Path, name: str, version: str, **files: str | bytes | None) -> Path:
    """A metadata directory as pip leaves it. ``files`` replaces its files by name; ``None`` leaves one out.

    A name's dot is written as two underscores: ``direct_url__json``.
    """
    directory = site / f"{name}-{version}.dist-info"
    usual: dict[str, str | bytes | None] = {
        "METADATA": metadata(name, version),
        "WHEEL": WHEEL,
        "INSTALLER": "pip\n",
        "RECORD": f"{name}.py,sha256=AAAA,12\r\n{directory.name}/RECORD,,\r\n",
    }
    directory.mkdir(parents=True)
    for file, content in (usual | {key.replace("__", "."): value for key, value in files.items()}).items():
        if content is not None:
            write(directory / file, content)
    return directory


def interpreter(prefix: Path, name: str = "python3.11", *, version: str = "", lib: str = "lib") -> Path:
    """An interpreter with the landmark of its library; its header states ``version``, if one is given."""
    executable = write(prefix / "bin" / name, "no ELF file")
    executable.chmod(0o755)
    library = prefix / lib / name
    write(library / "os.py")
    (library / "site-packages").mkdir(exist_ok=True)
    soabi = f"cpython-{name.removeprefix('python').replace('.', '')}-{PLATFORM}"
    settings = f" 'MULTIARCH': '{PLATFORM}',\n 'Py_DEBUG': 0,\n 'SIZEOF_VOID_P': 8,\n 'SOABI': '{soabi}',\n"
    write(
        library / f"_sysconfigdata__linux_{PLATFORM}.py",
        f"build_time_vars = {{'ABIFLAGS': '',\n{settings}}}\n",
    )
    if version:
        write(prefix / f"include/{name}/patchlevel.h", f'#define PY_VERSION      \t"{version}"\n')
    return executable


def venv(prefix: Path, executable: Path, *, version: str = "3.11.7", **settings: str) -> Path:
    """A virtual environment of an interpreter; gives its site directory."""
    series = ".".join(version.split(".")[:2])
    fields = {"home": str(executable.parent), "include-system-site-packages": "false", "version": version}
    fields |= {key.replace("_", "-"): value for key, value in settings.items()}
    write(prefix / "pyvenv.cfg", "".join(f"{key} = {value}\n" for key, value in fields.items()))
    (prefix / "bin").mkdir(exist_ok=True)
    (prefix / "bin/python").symlink_to(executable)
    site = prefix / f"lib/python{series}/site-packages"
    site.mkdir(parents=True)
    return site

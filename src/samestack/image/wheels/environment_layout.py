"""Where the parts of a package stand in a virtual environment."""

from msgspec import Struct

from samestack.errors import InputError


class EnvironmentLayout(Struct, frozen=True):
    """A virtual environment at ``prefix`` for one Python series, ``3.11``."""

    prefix: str
    series: str

    @property
    def root(self) -> str:
        """The environment, as a path of a layer."""
        return self.prefix.strip("/")

    @property
    def scripts(self) -> str:
        """Where commands stand."""
        return f"{self.root}/bin"

    @property
    def modules(self) -> str:
        """Where modules stand, compiled or not."""
        return f"{self.root}/lib/python{self.series}/site-packages"

    @property
    def interpreter(self) -> str:
        """What the first line of a command names."""
        return f"/{self.scripts}/python"

    def place(self, name: str, *, stem: str, package: str, shown: str) -> str:
        """Where a file of a wheel goes, as a path of a layer.

        What is below ``STEM.data`` has a directory of its own kind; :class:`InputError` for another kind.
        """
        if not name.startswith(f"{stem}.data/"):
            return f"{self.modules}/{name}"
        kind, _, rest = name.removeprefix(f"{stem}.data/").partition("/")
        directories = {
            "data": self.root,
            "headers": f"{self.root}/include/site/python{self.series}/{package}",
            "scripts": self.scripts,
            "purelib": self.modules,
            "platlib": self.modules,
        }
        if kind not in directories or not rest:
            raise InputError(shown, "no installer knows where that goes", place=name)
        return f"{directories[kind]}/{rest}"

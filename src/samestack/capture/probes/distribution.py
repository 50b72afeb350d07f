"""An installed Python distribution, as its metadata directory describes it."""

from msgspec import Struct


class Distribution(Struct, frozen=True, kw_only=True):
    """One ``*.dist-info`` (or ``*.egg-info``) in a site directory. Paths are paths inside the tree."""

    name: str
    """Normalised."""
    version: str | None
    site_directory: str
    metadata_directory: str
    record: str = ""
    """The text of RECORD; empty where there is none."""
    content: str | None = None
    """``sha256:`` over RECORD's rows, less those that depend on the installer and the place."""
    root_is_purelib: bool = True
    """False for a wheel that says it holds compiled files."""

"""A page of Markdown with a table between two markers, of which nothing else is touched."""

from typing import Final

from samestack.errors import InputError

BEGIN: Final = "<!-- samestack config -->"
END: Final = "<!-- /samestack config -->"


def new_page(table: str) -> str:
    """A page of nothing but the table, with the markers between which it is kept up to date."""
    return f"{BEGIN}\n{table.strip()}\n{END}\n"


def with_table(page: str, table: str, file: str) -> str:
    """The page with this table between its markers; :class:`InputError` where it has none."""
    start, end = _between(page, file)
    line_end = "\r\n" if "\r\n" in page else "\n"
    lines = ("", *table.strip().splitlines(), "")
    return page[:start] + line_end.join(lines) + page[end:]


def table_in(page: str, file: str) -> str:
    """What stands between the markers, by whatever lines end; :class:`InputError` where there are none."""
    start, end = _between(page, file)
    return "\n".join(page[start:end].splitlines()).strip()


def _between(page: str, file: str) -> tuple[int, int]:
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        hint = f"put the lines {BEGIN} and {END} where the table belongs"
        raise InputError(file, "it has no place for the table, which is between two markers", hint=hint)
    return page.index(BEGIN) + len(BEGIN), page.index(END)

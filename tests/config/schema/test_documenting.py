"""The table that ``config docs`` prints."""

from markdown_it import MarkdownIt

from samestack.config.schema.documenting import markdown_table
from samestack.config.schema.field import Field, Schema


def test_a_row_for_each_variable() -> None:
    fields = (
        Field(name="DATABASE_URL", schema={"type": "string"}, is_required=True, aliases=("DB",)),
        Field(
            name="API_KEY",
            schema={"type": "string"},
            is_secret=True,
            required_in=("production", "staging"),
            longest_age_days=90,
            default="canary",
        ),
        Field(
            name="TIMEOUT",
            schema={"type": "number", "minimum": 0.1, "maximum": 9},
            unit="seconds",
            default=2.5,
            description="How long to wait.",
        ),
        Field(name="LEVEL", schema={"enum": ["DEBUG", "INFO"]}, default="INFO"),
    )
    assert markdown_table(Schema(fields=fields)) == (
        "| Variable | Type | Default | Required | Secret | Description |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| `DATABASE_URL` (or `DB`) | text |  | always |  |  |\n"
        "| `API_KEY` | text |  | production, staging | yes, at most 90 days old |  |\n"
        "| `TIMEOUT` | number of seconds from 0.1 to 9 | `2.5` |  |  | How long to wait. |\n"
        "| `LEVEL` | one of DEBUG, INFO | `INFO` |  |  |  |\n"
    )


def test_nothing_breaks_the_table() -> None:
    odd = "a|b `c` <script> *d*\nnext & \\"
    field = Field(name="ODD", schema={"type": "string", "pattern": "^a|b$"}, default=odd, description=odd)
    html = MarkdownIt("commonmark").enable("table").render(markdown_table(Schema(fields=(field,))))
    assert html.count("<td>") == 6
    assert "<script>" not in html
    assert "<td>a|b `c` &lt;script&gt; *d* next &amp; \\</td>" in html
    assert "<code>a|b `c` &lt;script&gt; *d* next &amp; \\</code>" in html

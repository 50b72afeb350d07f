"""A time for tests."""

import datetime as dt
from typing import Final

NOW: Final = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)

"""Moments as stores tell them, in one form."""

import datetime as dt


def utc_text(moment: dt.datetime) -> str:
    """A moment in ISO 8601, to the second: ``2026-03-01T10:00:00+00:00``. One without a zone is in UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat(timespec="seconds")

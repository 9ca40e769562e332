"""Promises kept: those kept by the first agreed date, of those due, wherever they were made (domain 2.6)."""

from datetime import date

from partnerships.models import Partnership
from partnerships.queries.ledger import Wish, kept_rate


def promises_kept(partnership: Partnership, *, starts_on: date, ends_on: date) -> dict[str, int]:
    """How many promises came due in a period by their first agreed date, and how many of them were kept."""
    rate = kept_rate(None, since=starts_on, until=ends_on, wish=Wish(partnership_id=partnership.pk))
    return {"due": rate.due, "kept": rate.kept}

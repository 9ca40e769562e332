"""Mapping profiles: which columns of a file of the same maker hold what."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.rules.text import mask_for_search
from stakeholders.models import ImportProfile


def masked_headers(header: Sequence[str]) -> list[str]:
    """What two files of the same maker have in common: their headers without accents, capitals and signs, in order."""
    return [mask_for_search(name) for name in header if name]


def mapping_for(profile: ImportProfile, header: Sequence[str]) -> dict[str, Any]:
    """The profile's mapping, said with the headers of another file; columns that file has not are left out."""
    by_mask = {mask_for_search(name): name for name in reversed(header) if name}
    columns: Mapping[str, str] = profile.mapping.get("columns", {})
    there = {by_mask[mask]: fact for name, fact in columns.items() if (mask := mask_for_search(name)) in by_mask}
    return {"columns": there, "defaults": dict(profile.mapping.get("defaults", {}))}

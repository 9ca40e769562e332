"""From scratch: a small group that wants one page, not a handbook."""

from partnerships.kits.kit import Kit
from partnerships.kits.shared_parts import library_clauses

LIGHT = Kit(
    code="",
    version=0,
    name_en="From scratch",
    name_it="Da zero",
    sentence_en="A few people or groups with one thing in mind; add goals, agreements and money when you need them.",
    sentence_it="Poche persone o gruppi con una cosa in mente; obiettivi, accordi e denaro quando servono.",
    clauses=library_clauses("parties", "purpose", "roles", "leaving", "signatures"),
    is_light=True,
)

"""The agreement a kit proposes, as markdown in one language."""

from collections.abc import Sequence

from core.rules.bilingual import spoken
from partnerships.kits.kit import KitClause

PLACEHOLDERS = {
    "purpose": {"en": "(purpose still to be written)", "it": "(finalità ancora da scrivere)"},
    "territory": {"en": "(territory)", "it": "(territorio)"},
}


def agreement_text(clauses: Sequence[KitClause], *, language: str, name: str, purpose: str, territory: str) -> str:
    """Numbered clauses with the partnership's own words in them; what is not known yet is marked in brackets."""
    words = {
        "name": name,
        "purpose": purpose or PLACEHOLDERS["purpose"][language],
        "territory": territory or PLACEHOLDERS["territory"][language],
    }
    parts = []
    for number, clause in enumerate(clauses, start=1):
        text = spoken(clause, "text", language)
        for key, word in words.items():
            text = text.replace(f"{{{key}}}", word)
        parts.append(f"## {number}. {spoken(clause, 'title', language)}\n\n{text}")
    return "\n\n".join(parts) + "\n"

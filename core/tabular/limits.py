"""How much of a table is read before saying no (FIL-04)."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes; rows are data rows with something in them, without the header."""

    max_bytes: int = 20 * MEBIBYTE
    max_rows: int = 50_000
    max_columns: int = 200
    max_unpacked_bytes: int = 100 * MEBIBYTE
    max_ratio: int = 100
    max_members: int = 1_000


DEFAULT_LIMITS = Limits()

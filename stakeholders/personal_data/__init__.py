"""What the product holds on a person: each app names its part, how it is handed over and how it is erased (R-D7)."""

from stakeholders.personal_data.holding import (
    Fate,
    Holding,
    Row,
    Rows,
    register_holding,
    registered_holdings,
    row_as_values,
    rows_holding,
)
from stakeholders.personal_data.masking import Masker
from stakeholders.personal_data.mentions import KeptWords, Mention, register_kept_words
from stakeholders.personal_data.subject import Subject, subject_of

__all__ = [
    "Fate",
    "Holding",
    "KeptWords",
    "Masker",
    "Mention",
    "Row",
    "Rows",
    "Subject",
    "register_holding",
    "register_kept_words",
    "registered_holdings",
    "row_as_values",
    "rows_holding",
    "subject_of",
]

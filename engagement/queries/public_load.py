"""Whether very many messages arrive at a public form."""

import uuid
from datetime import datetime

from core.queries.rate import uses_of
from engagement.rules.limits import BUSY


def is_busy(form_id: uuid.UUID, *, now: datetime) -> bool:
    """Whether a form was used so often lately that it asks for a little work or patience; one query."""
    return uses_of(f"public:load:{form_id}", per=BUSY.per, now=now) >= BUSY.most

"""Who acts on a promise, and with what right: data for the rules, found by ``partnerships.queries.authority``."""

import uuid
from dataclasses import dataclass

from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class LinkHolder:
    """Somebody without an account who opened an e-mailed link: one person, and nothing else."""

    person: Stakeholder
    link_id: uuid.UUID


@dataclass(frozen=True)
class Authority:
    """What somebody is to a task or signature.

    ``is_own``: it is their organisation's (or their own). ``may_commit``: they may also bind it. ``coordinates``: they
    run the partnership, which never includes answering for a partner.
    """

    is_own: bool
    may_commit: bool
    coordinates: bool

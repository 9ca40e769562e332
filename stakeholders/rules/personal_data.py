"""When a person may be erased, and what the facts held on them are called."""

import uuid

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.membership import ALLOWED, Verdict
from core.rules.text import mask_for_search
from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import FIELD_LABELS

# A document made for a person is there long enough to be sent, and no longer.
EXPORT_DAYS = 30
LABELS = FIELD_LABELS | {
    "accepted_at": _("Accepted"),
    "answered_at": _("Answered"),
    "amount_cents": _("Amount in cents"),
    "asked_at": _("Asked for"),
    "at": _("When"),
    "attitude": _("Attitude"),
    "before": _("What it was before"),
    "blocked_reason": _("What holds it up"),
    "by": _("Written by"),
    "can_commit": _("May commit"),
    "capacity": _("In which capacity"),
    "category": _("Kind"),
    "changes": _("What changed"),
    "column": _("Column"),
    "conditions": _("Conditions"),
    "confidence": _("How sure"),
    "contact_email": _("E-mail"),
    "created_at": _("Written down"),
    "current_engagement": _("Involved now"),
    "desired_engagement": _("Should be involved"),
    "due_on": _("Due on"),
    "edited_at": _("Changed on"),
    "entered_at": _("Entered"),
    "entry__stakeholder": _("About"),
    "expires_at": _("Ends"),
    "format": _("Format"),
    "found_at": _("Found"),
    "free_from": _("Free from"),
    "free_until": _("Free until"),
    "goal": pgettext_lazy("noun", "Goal"),
    "granted_at": _("Given"),
    "hash_signed": _("Check sum of the text"),
    "held_on": _("Day"),
    "indicator": _("Indicator"),
    "interest": _("Interest"),
    "invited_at": _("Invited"),
    "is_active": _("Active"),
    "is_shared": _("Shared"),
    "item_id": _("About"),
    "label": _("Label"),
    "last_login": _("Signed in last"),
    "last_used_at": _("Used last"),
    "last_used_on": _("Used last"),
    "legitimacy": _("Legitimacy"),
    "map": _("Map"),
    "member": _("For"),
    "merged_at": _("Merged on"),
    "next_step": _("Next step"),
    "next_step_on": _("Until"),
    "note": _("Note"),
    "offered": _("Offered?"),
    "organisation": _("Organisation"),
    "partnership": _("Partnership"),
    "period_ends_on": _("To"),
    "period_starts_on": _("From"),
    "place": _("Place"),
    "power": _("Power"),
    "purpose": _("For what"),
    "query": _("Filter"),
    "rated_on": _("Day"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "received_hour": _("Received"),
    "recipient_email": _("E-mail"),
    "result_expected": _("What should come of it"),
    "rhythm": _("How often"),
    "ring": _("Ring"),
    "role": _("Role"),
    "rows": _("Records"),
    "said_at": _("Said on"),
    "scheme": _("Register"),
    "seat": _("Seat"),
    "sent_at": _("Sent"),
    "sent_on": _("Sent"),
    "since": _("Since"),
    "source": _("From"),
    "stakeholder": _("With"),
    "stakeholder_import__created_at": _("Imported"),
    "state": _("State"),
    "step": _("Step"),
    "strength": _("Strength"),
    "subject": _("Subject"),
    "subject_label": _("About"),
    "subject_type": _("Kind"),
    "summary": _("What was said"),
    "table": _("Table"),
    "tag__name": _("Tag"),
    "target": _("To"),
    "task": _("Task"),
    "text": _("Text"),
    "title": _("Title"),
    "title_en": _("Title in English"),
    "title_it": _("Title in Italian"),
    "to": _("To"),
    "token_start": _("Begins with"),
    "undone_at": _("Undone"),
    "until": _("Until"),
    "updated_at": _("Changed last"),
    "urgency": _("Urgency"),
    "uses": _("Times used"),
    "value": _("Value"),
    "verb": _("What"),
    "version": _("Agreement"),
    "words": _("Text"),
}


def can_erase_person(person: Stakeholder, *, by_id: uuid.UUID | None) -> Verdict:
    """Whether a record can be erased at all; ``by_id`` is the account of whoever wants to, None after a restore."""
    if person.kind != Stakeholder.Kind.PERSON:
        return Verdict(False, _("Only people are erased. An organisation is marked as not relevant."))
    if person.merged_into_id:
        return Verdict(False, _("This record was merged into another. Erase that one."))
    if by_id is not None and person.user_id == by_id:
        return Verdict(False, _("This is your own account. Ask another administrator."))
    return ALLOWED


def is_typed_right(person: Stakeholder, typed: str) -> bool:
    """Whether somebody typed the person's name, in any spelling, to show that they mean it."""
    return mask_for_search(typed) == mask_for_search(person.name)


def label_of(name: str) -> str:
    """What a fact is called; its technical name where nobody gave it another."""
    return str(LABELS.get(name, name.replace("_", " ")))

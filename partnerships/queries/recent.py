"""What changed lately in a partnership, in words; higher apps add the words for their own acts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AuditEvent
from core.queries.audit import audit_events
from core.queries.composed import Composed
from core.web.dates import day_words
from partnerships.models import Decision, Partnership, PartnershipMember, Signature, Task

_words: dict[str, str | Promise] = {
    "partnership.started": gettext_lazy("Began"),
    "partnership.changed": gettext_lazy("Description changed"),
    "partnership.made_light": gettext_lazy("Made light"),
    "partnership.made_full": gettext_lazy("Made full"),
    "partnership.moved": gettext_lazy("Moved on"),
    "partnership.kit_renewed": gettext_lazy("Kit renewed"),
    "member.invited": gettext_lazy("Asked to join"),
    "member.moved": gettext_lazy("Membership"),
    "representative.named": gettext_lazy("Speaks for a member now"),
    "representative.ended": gettext_lazy("No longer speaks for a member"),
    "representative.handed_over": gettext_lazy("Handed over to somebody else"),
    "member.exit_settled": gettext_lazy("A point of leaving settled"),
    "task.proposed": gettext_lazy("Task proposed"),
    "task.updated": gettext_lazy("Update"),
    "task.cancelled": gettext_lazy("Task cancelled"),
    "task.confirmed": gettext_lazy("Task confirmed as done"),
    "task.passed_on": gettext_lazy("Task passed on to a colleague"),
    "meeting.scheduled": gettext_lazy("Meeting called"),
    "meeting.cancelled": gettext_lazy("Meeting cancelled"),
    "decision.taken": gettext_lazy("Decision"),
    "minutes.frozen": gettext_lazy("Minutes approved"),
    "commitment.recorded": gettext_lazy("Promise written down"),
    "commitment.kept": gettext_lazy("Promise kept"),
    "commitment.released": gettext_lazy("Released from a promise"),
    "agreement.drafted": gettext_lazy("Agreement drafted"),
    "agreement.opened": gettext_lazy("Agreement opened for signing"),
    "agreement.in_force": gettext_lazy("Agreement in force"),
    "agreement.to_come": gettext_lazy("Agreement signed, in force later"),
    "agreement.changed_slightly": gettext_lazy("Minor change of the agreement in force"),
    "agreement.objected": gettext_lazy("Objection to a minor change"),
    "agreement.reviewed": gettext_lazy("Agreement read again and kept"),
    "agreement.terminated": gettext_lazy("Agreement ended before its time"),
    "agreement.expired": gettext_lazy("The time of the agreement is over"),
    "signature.answered": gettext_lazy("Answer to the agreement"),
    "shelf.added": gettext_lazy("Document added"),
    "shelf.renewed": gettext_lazy("New version of a document"),
    "update.published": gettext_lazy("Update published"),
    "thanks.given": gettext_lazy("Thank you said"),
}
_states: dict[str, type[TextChoices]] = {
    "partnerships.decision": Decision.State,
    "partnerships.task": Task.State,
    "partnerships.partnership": Partnership.State,
    "partnerships.partnershipmember": PartnershipMember.State,
    "partnerships.signature": Signature.State,
}


@dataclass(frozen=True)
class RecentItem:
    """One act as the kit's timeline shows it."""

    when: str
    title: str
    text: str
    tone: str = "ok"


def register_recent_words(words: Mapping[str, str | Promise]) -> None:
    """Add words for the verbs of another app's audit events; called from ``AppConfig.ready``."""
    _words.update(words)


def recent_changes(partnership: Partnership, *, most: int = 6) -> list[RecentItem]:
    """The newest acts in a partnership there are words for; for people who coordinate it."""
    return [_item(Act(*values)) for values in _acts(scope_id=partnership.scope_id, verbs=tuple(_words), most=most)]


@Composed
def _acts(scope_id: uuid.UUID, verbs: tuple[str, ...], most: int) -> QuerySet[AuditEvent, tuple[Any, ...]]:
    rows = audit_events().filter(scope_id=scope_id, verb__in=verbs)
    named = ("actor__name", "actor__email", "actor_label")
    return rows.values_list("at", "verb", "subject_type", "subject_label", "changes", *named)[:most]


class Act(NamedTuple):
    """What of an audit event is told."""

    at: datetime
    verb: str
    subject_type: str
    subject_label: str
    changes: dict[str, Any]
    name: str | None
    email: str | None
    label: str


def _item(act: Act) -> RecentItem:
    who = act.name or act.email or (_("by e-mailed link") if act.label == "link" else _("the system"))
    when = day_words(localtime(act.at).date())
    return RecentItem(when=f"{when} · {who}", title=act.subject_label, text=_what(act))


def _what(act: Act) -> str:
    """The act in words, with the state it led to where it led to one."""
    words, states = str(_words[act.verb]), _states.get(act.subject_type)
    change = act.changes.get("state")
    state = change[1] if isinstance(change, list) else change
    return f"{words}: {states(state).label}" if states and state in states.values else words

"""What changed lately in a partnership, in words; higher apps add the words for their own acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AuditEvent
from core.queries.audit import audit_events
from partnerships.models import Partnership

_words: dict[str, str | Promise] = {
    "partnership.started": gettext_lazy("The partnership began"),
    "partnership.changed": gettext_lazy("The partnership's page was changed"),
    "partnership.moved": gettext_lazy("The partnership moved on"),
    "member.invited": gettext_lazy("Asked to join"),
    "member.moved": gettext_lazy("Membership changed"),
    "representative.named": gettext_lazy("Speaks for a member now"),
    "representative.ended": gettext_lazy("No longer speaks for a member"),
    "task.proposed": gettext_lazy("Task proposed"),
    "task.updated": gettext_lazy("Task: a new word"),
    "task.cancelled": gettext_lazy("Task cancelled"),
    "task.passed_on": gettext_lazy("Task passed on to a colleague"),
    "agreement.drafted": gettext_lazy("Agreement drafted"),
    "agreement.opened": gettext_lazy("Agreement opened for signing"),
    "agreement.in_force": gettext_lazy("Agreement in force"),
    "signature.answered": gettext_lazy("Answer to an agreement"),
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
    events = audit_events().filter(scope_id=partnership.scope_id, verb__in=list(_words))
    return [_item(event) for event in events[:most]]


def _item(event: AuditEvent) -> RecentItem:
    who = (
        str(event.actor) if event.actor else (_("by e-mailed link") if event.actor_label == "link" else _("the system"))
    )
    when = date_format(localtime(event.at), "SHORT_DATE_FORMAT")
    return RecentItem(when=f"{when} · {who}", title=str(_words[event.verb]), text=event.subject_label)

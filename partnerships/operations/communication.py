"""Keeping the communication plan; writing, approving, publishing, correcting and withdrawing updates."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation

from core.models import User
from core.operations.audit import record
from core.operations.link import draft_link, store_links
from core.operations.mail import draft_mail, store_mails
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from core.web.space import absolute
from partnerships.models import CommunicationLine, Partnership, Update, UpdateStop
from partnerships.queries.communication import people_to_tell, period_of_update
from partnerships.rules.communication import (
    can_approve_update,
    can_edit_update,
    can_publish_update,
    can_take_back_update,
)
from partnerships.updates import parts_from_data
from stakeholders.models import Stakeholder

STOP_LINK = "updates"
STOP_LASTS = timedelta(days=365)
State = Update.State


class UpdateRefusedError(Exception):
    """The update cannot go there; the message says why."""


@transaction.atomic
def save_communication_line(
    *, partnership: Partnership, by: User, line: CommunicationLine | None = None, **fields: Any
) -> CommunicationLine:
    """Add a line to the plan or change one. Raises ValidationError."""
    kept = line or CommunicationLine(partnership=partnership)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    record("communication.line_kept", kept, by=by, scope_id=partnership.scope_id)
    return kept


@transaction.atomic
def remove_communication_line(*, line: CommunicationLine, by: User) -> None:
    """Take a line out of the plan."""
    record("communication.line_removed", line, by=by, scope_id=line.partnership.scope_id)
    line.delete()


def update_from_data(*, partnership: Partnership, level: int, today: date) -> dict[str, str]:
    """What an update begins with: the facts since the last one, in the space's language (R-C10). Stores nothing."""
    with translation.override(tenant_at_work().default_language):
        return parts_from_data(period_of_update(partnership, level=level, today=today))


@transaction.atomic
def write_update(*, partnership: Partnership, by: User, **fields: Any) -> Update:
    """A draft. Raises ValidationError, among others when nothing is said of what is not going well."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = Update.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"] or 0
    update = Update(partnership=partnership, number=last + 1, written_by=by, **fields)
    update.full_clean()
    update.save()
    _record("written", update, by)
    return update


@transaction.atomic
def change_update(*, update: Update, by: User, **fields: Any) -> Update:
    """Reword what nobody read yet; an approval given before is void. Raises UpdateRefusedError, ValidationError."""
    locked = _locked(update)
    _require(can_edit_update(locked))
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.state, locked.approved_by, locked.written_by = State.DRAFT, None, by
    locked.full_clean()
    locked.save()
    _record("changed", locked, by)
    return locked


@transaction.atomic
def approve_update(*, update: Update, by: User) -> Update:
    """Somebody else than its writer read it and agrees. Raises UpdateRefusedError."""
    locked = _locked(update)
    _require(can_approve_update(locked, by_id=by.pk))
    locked.state, locked.approved_by = State.APPROVED, by
    locked.save(update_fields=["state", "approved_by"])
    _record("approved", locked, by)
    return locked


@transaction.atomic
def publish_update(*, update: Update, by: User, today: date | None = None) -> int:
    """Show it to its audience and mail it to those who may be written to, each once; returns how many mails.

    Raises UpdateRefusedError for what was published, and in a full partnership for what nobody else approved.
    """
    locked = _locked(update)
    _require(can_publish_update(locked, mode=locked.partnership.mode))
    locked.state, locked.published_on = State.PUBLISHED, today or timezone.localdate()
    locked.save(update_fields=["state", "published_on"])
    told = _mail(locked)
    _record("published", locked, by, {"mails": told})
    return told


@transaction.atomic
def correct_update(*, update: Update, note: str, by: User, today: date | None = None) -> Update:
    """Say what was wrong, once or again, and mail it to whoever the update is mailed to.

    The notes stand on top, the latest first; the text stays as it was. Raises UpdateRefusedError.
    """
    locked = _locked(update)
    _require(can_take_back_update(locked))
    locked.earlier_corrections = [{"on": day.isoformat(), "note": words} for day, words in locked.corrections]
    locked.state, locked.correction = State.CORRECTED, note.strip()
    locked.corrected_on = today or timezone.localdate()
    locked.save(update_fields=["state", "correction", "corrected_on", "earlier_corrections"])
    told = _mail(locked, about=f":corrected:{len(locked.corrections)}", template="update_note")
    _record("corrected", locked, by, {"mails": told})
    return locked


@transaction.atomic
def withdraw_update(*, update: Update, by: User, today: date | None = None) -> Update:
    """Take it off view and say so to whoever it is mailed to; since when it is not there stays to be seen.

    Raises UpdateRefusedError.
    """
    locked = _locked(update)
    _require(can_take_back_update(locked))
    locked.state, locked.withdrawn_on = State.WITHDRAWN, today or timezone.localdate()
    locked.save(update_fields=["state", "withdrawn_on"])
    told = _mail(locked, about=":withdrawn", template="update_note")
    _record("withdrawn", locked, by, {"mails": told})
    return locked


@transaction.atomic
def stop_updates(*, person: Stakeholder, is_stopped: bool = True) -> None:
    """No more updates by mail to a person, from their own mail, or again."""
    if is_stopped:
        UpdateStop.objects.get_or_create(person=person)
    else:
        UpdateStop.objects.filter(person=person).delete()
    record("update.mails_chosen", person, by=None, actor_label="link", changes={"stopped": is_stopped})


def _mail(update: Update, *, about: str = "", template: str = "update") -> int:
    links, mails = [], []
    for person in people_to_tell(update):
        link, token = draft_link(
            purpose=STOP_LINK, subject_id=person.pk, person_id=person.pk, lasts=STOP_LASTS, by=None,
            recipient_email=person.email,
        )  # fmt: skip
        stop = absolute(reverse("update_stop", kwargs={"tenant": tenant_at_work().slug, "token": token}))
        links.append(link)
        mails.append(
            draft_mail(
                to=person.email,
                kind="update",
                dedup_key=f"update:{update.pk}{about}:{person.pk}",
                language=person.language or tenant_at_work().default_language,
                template=template,
                context={"name": person.name, "update": update, "partnership": update.partnership, "stop_url": stop},
                unsubscribe_url=stop,
                bulk=True,
            )
        )
    store_links(links)
    return len(store_mails(mails))


def _locked(update: Update) -> Update:
    rows = Update.objects.select_for_update(of=("self",)).select_related("partnership")
    found: Update = rows.get(pk=update.pk)
    return found


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise UpdateRefusedError(str(verdict.reason))


def _record(what: str, update: Update, by: User, changes: dict[str, Any] | None = None) -> None:
    record(f"update.{what}", update, by=by, scope_id=update.partnership.scope_id, changes=changes)

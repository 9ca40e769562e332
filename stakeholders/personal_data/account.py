"""What core holds on a person: account, roles, links, mails, invitations and their part of history."""

import uuid
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import AccessLink, ApiToken, AuditEvent, Grant, Invitation, OutboxMail, User
from core.operations.account_erasure import keys_to_accounts
from core.rules.history import sentence_for
from stakeholders.personal_data.holding import Fate, Holding, Row, Rows, leave, row_as_values, rows_holding
from stakeholders.personal_data.masking import Masker
from stakeholders.personal_data.subject import Subject

ACCOUNT = ("email", "name", "language", "created_at", "last_login", "is_active")


def _account(subject: Subject, masker: Masker) -> list[Row]:
    return [row_as_values(subject.user, ACCOUNT, masker)] if subject.user else []


def _acts(subject: Subject, masker: Masker) -> list[Row]:
    """Every row that says the account did something, by table and column: new tables are in it by themselves."""
    if not subject.user:
        return []
    return [
        {"table": model._meta.label, "column": field.name, "rows": ids}
        for model, field in keys_to_accounts()
        if (ids := [str(pk) for pk in _rows_by(model, field.attname, subject.user)])
    ]


def _act_ids(subject: Subject) -> list[uuid.UUID]:
    if not subject.user:
        return []
    return [pk for model, field in keys_to_accounts() for pk in _rows_by(model, field.attname, subject.user)]


def _rows_by(model: Any, column: str, user: User) -> QuerySet[Any]:
    return model._default_manager.filter(**{column: user.pk}).order_by("pk").values_list("pk", flat=True)  # type: ignore[no-any-return]  # keys of any table


def _history(subject: Subject) -> QuerySet[AuditEvent]:
    mine = Q(subject_id__in=subject.ids)
    if subject.user:
        mine |= Q(actor_id=subject.user.pk) | Q(subject_id=subject.user.pk)
    return AuditEvent.objects.filter(mine).order_by("at", "id")


def _history_rows(subject: Subject, masker: Masker) -> list[Row]:
    shows = ("at", "verb", "subject_type", "subject_label", "changes")
    return [{"words": masker.hide(_told(event))} | row_as_values(event, shows, masker) for event in _history(subject)]


def _told(event: AuditEvent) -> str:
    role = str(event.changes.get("role", ""))
    return sentence_for(event.verb, subject=event.subject_label, person=gettext("somebody"), role=role)


def forget_in_history(subject: Subject, *, rows: list[uuid.UUID]) -> int:
    """Empty what history tells of the person and of rows that went; only that something was done stays.

    The erasure must be written down first: else the database refuses.
    """
    words = [f"%{_escaped(sign)}%" for sign in sorted(subject.naming.signs)]
    words += [f"%{'_'.join(map(_escaped, key))}%" for key in sorted(subject.naming.keys)]
    if subject.naming.keys and not subject.namesakes:
        # As it is written, with the accents that the comparing form has lost.
        words.append(f"%{_escaped(subject.person.name)}%")
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_person_in_audit(%s, %s, %s)", [subject.person.pk, [*subject.ids, *rows], words])
        (touched,) = cursor.fetchone()
    return int(touched)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def account_holdings() -> list[Holding]:
    """All kinds, the account first."""
    return [
        Holding(
            "account", _("Account"), ("core.User", "core.Membership"), Fate.EMPTIED,
            _("It ends here; where no other space has it, address, name and password go"),
            lambda subject: [subject.user.pk] if subject.user else [],
            _account,
            leave,
        ),
        rows_holding(
            "roles", _("Roles"), Rows(Grant, account=("user",)), shows=("role", "granted_at"), fate=Fate.GOES, why=""
        ),
        rows_holding(
            "tokens", _("API tokens"), Rows(ApiToken, account=("user",)),
            shows=("name", "token_start", "created_at", "expires_at", "last_used_on"), fate=Fate.GOES, why="",
        ),
        rows_holding(
            "invitations", _("Invitations received"), Rows(Invitation, address=("email",)),
            shows=("email", "name", "role", "created_at", "accepted_at"), fate=Fate.GOES, why="",
        ),
        rows_holding(
            "links", _("Links received by mail"),
            Rows(AccessLink, person=("person_id", "subject_id"), address=("recipient_email",)),
            shows=("purpose", "recipient_email", "label", "created_at", "expires_at", "uses", "last_used_at"),
            fate=Fate.EMPTIED, why=_("They stop working; how often they were used stays"),
            empties={
                "recipient_email": "", "label": "", "person_id": None, "revoked_at": Coalesce("revoked_at", Now()),
            },
        ),
        rows_holding(
            "mails", _("Mails received"), Rows(OutboxMail, address=("to",)),
            shows=("created_at", "to", "subject", "text", "state", "sent_at"), fate=Fate.EMPTIED,
            empties={
                "to": "", "subject": "", "text": "", "html": "", "calendar": "", "unsubscribe_url": "", "error": "",
                "state": Case(When(state="waiting", then=Value("dropped")), default=F("state")),
            },
            why=_("Address and text go; mails not sent yet never leave"),
        ),
        Holding(
            "acts", _("What they did here, by table"), ("*accounts",), Fate.STAYS,
            _("The rows belong to the partnerships; whoever did them is “Erased person”"),
            _act_ids, _acts, leave, in_document=False,
        ),
        Holding(
            "history", _("Traces in history"), ("core.AuditEvent",), Fate.EMPTIED,
            _("Names and changes go; that something was done stays for as long as history is kept"),
            lambda subject: list(_history(subject).values_list("pk", flat=True)),
            _history_rows,
            leave,
        ),
    ]  # fmt: skip

"""Worries about a person's safety: to the named lead only, sealed, known elsewhere by code alone (R-V5)."""

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.rules.sealing import sealed
from core.web.space import absolute, space_url
from engagement.models import SafeguardingConcern, VolunteerOpportunity
from engagement.operations.public_use import count_sending
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.volunteer import WORDS, lead_of
from engagement.rules.reference_code import CODE_BYTES, code_from
from engagement.rules.volunteer import MOST_WORDS

State = SafeguardingConcern.State


@transaction.atomic
def raise_concern(
    *, opportunity: VolunteerOpportunity, text: str, sent_from: str, today: date | None = None
) -> SafeguardingConcern:
    """Tell the named lead of the work; nobody else reads it, and nothing says who wrote it but the words themselves.

    Raises OpportunityRefusedError where nobody is named, TooOftenError, ValidationError for empty or endless words.
    """
    count_sending("concern", opportunity.pk, sent_from=sent_from, now=timezone.now())
    lead = lead_of(opportunity)
    if lead is None:
        raise OpportunityRefusedError(
            _("Nobody is named for this. In danger call 112; else write to the coordination.")
        )
    if not text.strip() or len(text) > MOST_WORDS:
        raise ValidationError({"text": _("Write what worries you.")})
    concern: SafeguardingConcern = SafeguardingConcern.objects.create(
        partnership=opportunity.partnership,
        code=code_from(secrets.token_bytes(CODE_BYTES)),
        lead=lead,
        sealed_words=sealed(text.strip(), purpose=WORDS),
        raised_on=today or timezone.localdate(),
    )
    _tell(concern, lead)
    return concern


@transaction.atomic
def read_concern(*, concern: SafeguardingConcern, by: User) -> SafeguardingConcern:
    """The lead says that they look into it. Raises OpportunityRefusedError for anybody else."""
    return _move(concern, State.READ, by)


@transaction.atomic
def close_concern(*, concern: SafeguardingConcern, by: User, today: date | None = None) -> SafeguardingConcern:
    """The lead says that it is settled. Raises OpportunityRefusedError for anybody else."""
    return _move(concern, State.CLOSED, by, closed_on=today or timezone.localdate())


def _move(concern: SafeguardingConcern, state: str, by: User, *, closed_on: date | None = None) -> SafeguardingConcern:
    locked: SafeguardingConcern = SafeguardingConcern.objects.select_for_update().get(pk=concern.pk)
    if locked.lead_id != by.pk:
        raise OpportunityRefusedError(_("Only the named lead does this."))
    if locked.state == State.CLOSED:
        raise OpportunityRefusedError(_("This is closed already."))
    locked.state, locked.closed_on = state, closed_on
    locked.save(update_fields=["state", "closed_on"])
    # Without who acted and outside the partnership's own history: even that there is one is private.
    record(f"concern.{state}", locked, by=None, actor_label="private")
    return locked


def _tell(concern: SafeguardingConcern, lead: User) -> None:
    write_mail(
        to=lead.email,
        kind="concern",
        dedup_key=f"concern:{concern.pk}",
        language=lead.language or tenant_at_work().default_language,
        template="concern",
        context={
            "name": str(lead),
            "code": concern.code,
            "url": absolute(space_url("concern_detail", concern_id=concern.pk)),
        },
    )

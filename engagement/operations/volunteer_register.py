"""The register of volunteers that Italian law asks of hosts: numbered, complete, never deleted (domain 12.6)."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_bytes
from engagement.document.volunteer import volunteer_register_pdf
from engagement.models import RegisterEntry, Volunteer, VolunteerOpportunity
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.volunteer import REGISTER_PURPOSE
from partnerships.models import Partnership, PartnershipMember

JOB = "engagement.render_register"


@transaction.atomic
def enter_in_register(
    *, volunteer: Volunteer, opportunity: VolunteerOpportunity, starts_on: date, by: User, **fields: Any
) -> RegisterEntry:
    """One more line with the next number of the host; there is no way to delete or renumber one.

    Raises OpportunityRefusedError where no register is kept and for who is in it already, ValidationError.
    """
    PartnershipMember.objects.select_for_update().get(pk=opportunity.host_id)
    if not opportunity.keeps_register:
        raise OpportunityRefusedError(_("For this work no register is kept."))
    entries = RegisterEntry.objects.filter(host=opportunity.host)
    if entries.filter(volunteer=volunteer, ends_on=None).exists():
        raise OpportunityRefusedError(_("This person is in the register already."))
    newest = entries.aggregate(newest=Max("number"))["newest"] or 0
    entry = RegisterEntry(
        volunteer=volunteer, opportunity=opportunity, host=opportunity.host, number=newest + 1, name=volunteer.name,
        starts_on=starts_on, entered_by=by, **fields,
    )  # fmt: skip
    entry.full_clean(exclude={"volunteer", "opportunity", "host", "entered_by"})
    entry.save()
    scope_id = opportunity.partnership.scope_id
    record("volunteering.registered", opportunity, by=by, scope_id=scope_id, changes={"number": entry.number})
    return entry


@transaction.atomic
def end_in_register(*, entry: RegisterEntry, ends_on: date, by: User) -> RegisterEntry:
    """Write the day somebody stopped beside their line, once. Raises OpportunityRefusedError, ValidationError."""
    locked: RegisterEntry = (
        RegisterEntry.objects.select_for_update(of=("self",))
        .select_related("opportunity__partnership")
        .get(pk=entry.pk)
    )
    if locked.ends_on is not None:
        raise OpportunityRefusedError(_("The end is written down already."))
    if not locked.starts_on <= ends_on <= timezone.localdate():
        raise ValidationError({"ends_on": _("It lies between the beginning and today.")})
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    scope_id = locked.opportunity.partnership.scope_id
    record(
        "volunteering.register_ended", locked.opportunity, by=by, scope_id=scope_id, changes={"number": locked.number}
    )
    return locked


@transaction.atomic
def ask_for_register(*, partnership: Partnership, by: User) -> None:
    """Have a worker make the register as a document."""
    enqueue(JOB, dedup_key=f"register:{partnership.pk}", partnership_id=partnership.pk)
    record("volunteering.register_asked", partnership, by=by, scope_id=partnership.scope_id)


@transaction.atomic
def render_register(*, partnership_id: uuid.UUID | str) -> StoredFile:
    """Make the document of a register as it stands now."""
    partnership = Partnership.objects.get(pk=partnership_id)
    return store_bytes(
        content=volunteer_register_pdf(partnership),
        name=f"{partnership.slug}-register.pdf",
        content_type="application/pdf",
        extension=".pdf",
        purpose=REGISTER_PURPOSE,
        by=None,
        scope_id=partnership.scope_id,
        visibility=Visibility.COORDINATION,
    )

"""Certificates of confirmed hours (R-V8)."""

import secrets
import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import User
from core.operations.audit import record
from core.operations.file import store_bytes
from engagement.document.volunteer import certificate_pdf
from engagement.models import Volunteer, VolunteerCertificate
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.volunteer import total_of
from engagement.rules.reference_code import CODE_BYTES, code_from

JOB = "engagement.render_certificate"


@transaction.atomic
def ask_for_certificate(
    *, volunteer: Volunteer, by: User | None = None, today: date | None = None
) -> VolunteerCertificate:
    """Certify the hours that are confirmed now; a worker makes the document. Without ``by`` the volunteer asked.

    With the same hours as before it is the same certificate. Raises OpportunityRefusedError without confirmed hours.
    """
    locked: Volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    total = total_of(locked)
    if total.since is None or total.until is None:
        raise OpportunityRefusedError(_("No hours are confirmed yet."))
    known = locked.certificates.filter(hours=total.hours, since=total.since, until=total.until).first()
    if known is not None:
        return known
    certificate: VolunteerCertificate = VolunteerCertificate.objects.create(
        volunteer=locked,
        code=code_from(secrets.token_bytes(CODE_BYTES)),
        hours=total.hours,
        since=total.since,
        until=total.until,
        issued_on=today or timezone.localdate(),
    )
    enqueue(JOB, dedup_key=f"certificate:{certificate.pk}", certificate_id=certificate.pk)
    partnership = locked.partnership
    record("volunteering.certified", partnership, by=by, scope_id=partnership.scope_id)
    return certificate


@transaction.atomic
def render_certificate(*, certificate_id: uuid.UUID | str) -> VolunteerCertificate:
    """Make the document of a certificate; a second run changes nothing."""
    rows = VolunteerCertificate.objects.select_for_update(of=("self",)).select_related("volunteer__partnership")
    certificate: VolunteerCertificate = rows.get(pk=certificate_id)
    if certificate.pdf_id is None:
        certificate.pdf = store_bytes(
            content=certificate_pdf(certificate),
            name=f"certificate-{certificate.code}.pdf",
            content_type="application/pdf",
            extension=".pdf",
            purpose="certificate",
            by=None,
            scope_id=certificate.volunteer.partnership.scope_id,
            visibility=Visibility.COORDINATION,
        )
        certificate.save(update_fields=["pdf"])
    return certificate

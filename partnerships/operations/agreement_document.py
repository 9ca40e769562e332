"""Having the document of a version made, and making it."""

import uuid

from django.db import transaction

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import User
from core.operations.audit import record
from core.operations.file import store_bytes
from partnerships.document.agreement import agreement_html, agreement_pdf
from partnerships.models import AgreementVersion, Signature


@transaction.atomic
def ask_for_agreement_pdf(*, version: AgreementVersion, by: User | None) -> AgreementVersion:
    """Have a worker make the document anew as version and signatures stand now; the one before stays until then."""
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    # A worker that is at it has read how the version stood before: what opened, came into force or was joined since
    # is made anew.
    signed = Signature.objects.filter(version=locked, state=Signature.State.SIGNED).count()
    stands = f"agreement:{locked.pk}:{locked.state}:{locked.text_sha256[:16]}:{signed}"
    locked.job = enqueue("partnerships.render_agreement", dedup_key=stands, version_id=locked.pk)
    locked.save(update_fields=["job"])
    scope_id = locked.agreement.partnership.scope_id
    record("agreement.document_asked", locked, by=by, scope_id=scope_id)
    return locked


@transaction.atomic
def render_agreement(*, version_id: uuid.UUID | str) -> AgreementVersion:
    """Make the document of a version; a second run makes the same document again."""
    version = AgreementVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    agreement = version.agreement
    version.pdf = store_bytes(
        content=agreement_pdf(agreement_html(version)),
        name=f"{agreement.partnership.slug}-agreement-{agreement.number}-v{version.number}.pdf",
        content_type="application/pdf",
        extension=".pdf",
        purpose="agreement",
        by=None,
        scope_id=agreement.partnership.scope_id,
        visibility=Visibility(agreement.visibility),
    )
    version.save(update_fields=["pdf"])
    return version

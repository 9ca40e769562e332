"""The welcome pack for somebody who begins to speak for an organisation."""

from django.db import transaction
from django.utils import translation

from core.models import OutboxMail, User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.tenancy.keys import new_id
from core.web.space import absolute, space_url
from partnerships.models import Representative
from partnerships.queries.welcome import viewer_for_representative
from partnerships.welcome import welcome_pack
from stakeholders.models import Stakeholder


@transaction.atomic
def welcome_representative(
    *, representative: Representative, by: User | None, took_over_from: Stakeholder | None = None
) -> OutboxMail | None:
    """Mail one person what they need to know to begin; None for somebody without an address or not to be written to.

    The pack holds what a partner may see. Adding one person writes to one person.
    """
    person = representative.person
    if not person.email or person.do_not_contact:
        return None
    member = representative.member
    language = person.language or tenant_at_work().default_language
    with translation.override(language):
        pack = welcome_pack(viewer_for_representative(representative), member)
    mail = write_mail(
        to=person.email,
        kind="welcome",
        dedup_key=f"welcome:{representative.pk}:{new_id()}",
        language=language,
        template="welcome",
        context={
            "name": person.name,
            "organisation": member.organisation,
            "partnership": member.partnership,
            "space": tenant_at_work(),
            "took_over_from": took_over_from,
            "pack": pack,
            "url": absolute(space_url("partnership_welcome", slug=member.partnership.slug)) if person.user_id else "",
        },
    )
    record("representative.welcomed", representative, by=by, scope_id=member.partnership.scope_id)
    return mail

"""What the partners bring, as an agreement's clause names it."""

from django.db.models import F
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.web.money import money
from funding.models import FundingSource
from partnerships.models import AgreementVersion
from partnerships.queries.member import active_members
from partnerships.rules.clause import one_line


def contributions_in_words(version: AgreementVersion, language: str) -> str:
    """A line for each secured contribution of a party, its kind and value; those partners may not see are not in it.

    In the language set around the call.
    """
    partnership = version.agreement.partnership
    rows = FundingSource.objects.filter(
        partnership=partnership,
        status=FundingSource.Status.SECURED,
        visibility__gte=Visibility.PARTNERS,
        giver__in=active_members(partnership).order_by().values("organisation_id"),
    )
    return "\n".join(map(_line, rows.select_related("giver").order_by(F("giver__sort_name"), "created_at", "id")))


def _line(source: FundingSource) -> str:
    amount = money(source.amount_cents, source.currency)
    value = _("value %(amount)s") % {"amount": amount} if source.kind == FundingSource.Kind.IN_KIND else amount
    giver = one_line(source.giver.name if source.giver else "")
    return f"- **{giver}**: {one_line(source.name)} ({source.get_kind_display()}, {value})"

"""When a report may be published (R-R2, R-A7)."""

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Partnership
from reports.models import ImpactReport

# The longest a link to a report lasts (AUT-14).
SHARE_DAYS = 90


def can_publish_report(report: ImpactReport, *, agreement_in_force: bool, mode: str) -> Verdict:
    """Only a rendered report, and in full mode only while an agreement is in force; light mode warns instead."""
    if report.state == ImpactReport.State.SUPERSEDED:
        return Verdict(False, _("A newer report has replaced this one."))
    if report.pdf_id is None:
        return Verdict(False, _("The document is not ready yet."))
    if not agreement_in_force and mode == Partnership.Mode.FULL:
        return Verdict(False, _("No agreement is in force. Bring one into force first."))
    return ALLOWED

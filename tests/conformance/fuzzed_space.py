"""A space of its own in the running demo, for machines to throw things at: nobody else's pages change."""

import json
import sys
from dataclasses import replace
from datetime import timedelta

from core.access.permissions import Permission
from core.models import Tenant, User
from core.operations.token import make_token
from core.tenancy.context import tenant_scope
from engagement.models import Submission, Theme
from funding.models import FundingSource
from goals.models import Goal, Milestone
from metrics.models import Indicator, Measurement
from partnerships.models import AgreementVersion, Partnership, Task
from reports.demo.loading import load_space
from reports.demo.riverside import RIVERSIDE
from reports.models import ImpactReport
from stakeholders.models import Stakeholder, StakeholderImport

SLUG = "harbour"
IDS = {
    "stakeholder_id": Stakeholder,
    "import_id": StakeholderImport,
    "measurement_id": Measurement,
    "milestone_id": Milestone,
    "source_id": FundingSource,
    "submission_id": Submission,
    "theme_id": Theme,
}


def found_and_describe() -> None:
    """Print, as JSON, a coordinator's token and what stands for each argument of an address."""
    if not Tenant.objects.filter(slug=SLUG).exists():
        load_space(replace(RIVERSIDE, slug=SLUG, name="Harbour Together"))
    by = User.objects.get(email=f"bea.longmore@{SLUG}.example")
    with tenant_scope(Tenant.objects.get(slug=SLUG).pk):
        _token, text = make_token(name="Fuzzing", permissions=list(Permission), lasts=timedelta(days=1), by=by)
        values = {
            name: [str(one) for one in model.objects.order_by("id").values_list("pk", flat=True)[:6]]
            for name, model in IDS.items()
        }
        values["slug"] = list(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        values["code"] = sorted(set(Indicator.objects.values_list("code", flat=True)))
        numbers = {
            one for model in (Task, Goal, ImpactReport) for one in model.objects.values_list("number", flat=True)
        }
        values["number"] = sorted(numbers)
        values["version"] = sorted(set(AgreementVersion.objects.values_list("number", flat=True)))
    values["tenant"] = [SLUG]
    sys.stdout.write(json.dumps({"token": text, "values": values}))

"""A space of its own in the running demo, for machines to throw things at: nobody else's pages change."""

import json
import re
import sys
from dataclasses import replace
from datetime import timedelta

from django.apps import apps
from django.db.models import Model

from core.access.permissions import Permission
from core.models import Tenant, User
from core.operations.token import make_token
from core.tenancy.context import tenant_scope
from goals.models import Goal
from metrics.models import Indicator
from partnerships.models import AgreementVersion, Partnership, Task
from reports.demo.loading import load_space
from reports.demo.riverside import RIVERSIDE
from reports.models import ImpactReport

SLUG = "harbour"
FIELD = ("stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports")
# What addresses call otherwise than the model.
CALLED = {
    "import_id": "StakeholderImport",
    "source_id": "FundingSource",
    "member_id": "PartnershipMember",
    "map_id": "StakeholderMap",
    "evidence_id": "TaskEvidence",
    "clause_id": "AgreementClause",
    "person_id": "Stakeholder",
    "audit_id": "RepresentationAudit",
    "profile_id": "ReferenceProfile",
    "subject_id": "Task",
}


def models_of_arguments() -> dict[str, type[Model]]:
    """The model behind each argument of an address that is a record's key."""
    models = {model.__name__: model for app in FIELD for model in apps.get_app_config(app).get_models()}
    named = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + "_id": model for name, model in models.items()}
    return named | {argument: models[name] for argument, name in CALLED.items()}


def found_and_describe() -> None:
    """Print, as JSON, a coordinator's token and what stands for each argument of an address."""
    if not Tenant.objects.filter(slug=SLUG).exists():
        load_space(replace(RIVERSIDE, slug=SLUG, name="Harbour Together"))
    by = User.objects.get(email=f"bea.longmore@{SLUG}.example")
    with tenant_scope(Tenant.objects.get(slug=SLUG).pk):
        _token, text = make_token(name="Fuzzing", permissions=list(Permission), lasts=timedelta(days=1), by=by)
        values = {
            name: [str(one) for one in model._default_manager.order_by("pk").values_list("pk", flat=True)[:6]]
            for name, model in models_of_arguments().items()
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

"""Pages for reading an agreement again together and for ending it early."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.agreement import EndForm, KeepForm
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_ending import terminate_agreement
from partnerships.operations.agreement_review import keep_after_review
from partnerships.rules.agreement import earliest_end, first_review
from partnerships.views.agreement import visible_version
from partnerships.views.agreement_review import step_page
from partnerships.views.doors import editable_partnership


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_keep(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Note that the agreement was read again together and stays as it is."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    next_year = first_review(timezone.localdate(), valid_to=version.valid_to)
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"review_on": next_year})
    if request.method == "POST" and form.is_valid():
        try:
            keep_after_review(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("review_on", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("agreement_detail", slug=slug, number=number) + f"?version={version.number}")
    lede = _("You read it together and nothing has to change. Otherwise write a new version.")
    return step_page(request, version, form, title=_("We read it again"), action=_("Keep it"), lede=lede)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_end(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """End the agreement before its time, with the notice it asks for."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    earliest = earliest_end(version, today=timezone.localdate())
    form = EndForm(request.POST if request.method == "POST" else None, initial={"ends_on": earliest})
    if request.method == "POST" and form.is_valid():
        try:
            terminate_agreement(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, _("All parties have mail with the reason."))
            return redirect(space_url("agreement_detail", slug=slug, number=number) + f"?version={version.number}")
    lede = _("Tasks and promises go on. All who may commit for a party get the reason by mail.")
    return step_page(
        request, version, form, title=_("End the agreement early"), action=_("End the agreement"), lede=lede
    )

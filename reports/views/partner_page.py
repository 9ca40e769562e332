"""The page of an e-mailed link with everything asked of a partner; a GET never changes anything."""

import uuid
from contextlib import suppress
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, members, requires
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.measurement import ValueForm
from metrics.queries.breakdown import cuts_of
from metrics.rules.period import period_words
from partnerships.queries.partnership import lapsed_for_members
from partnerships.queries.representative import active_representatives
from partnerships.views.doors import editable_partnership
from reports.operations.partner_page import (
    NotAskedError,
    answer_heard,
    give_value,
    mail_partner_page,
    open_asked,
    open_own_page,
    open_partner_page,
    renew_partner_page,
)
from reports.queries.partner_page import (
    asked_of,
    heard_asked_of,
    last_time_words,
    member_rights_of,
    owed_value_for,
    partnerships_of,
)
from reports.views.partner_door import on_partner_page


@by_link
@require_safe
@on_partner_page
def partner_page(request: SpaceRequest, token: str) -> HttpResponse:
    """Everything asked, and a way to answer each."""
    person, _link = open_partner_page(token)
    today = timezone.localdate()
    speaks_for = active_representatives().filter(person=person).order_by("member__organisation__sort_name", "id")
    context = {
        "person": person,
        "token": token,
        "sections": asked_of(person, today=today),
        "lapsed": lapsed_for_members([one.member_id for one in speaks_for], today=today),
        "partnerships": partnerships_of(person),
        "organisations": list(dict.fromkeys(one.member.organisation.name for one in speaks_for)),
    }
    return render(request, "reports/partner_page.html", context)


@by_link
@require_POST
@on_partner_page
def partner_page_open(request: SpaceRequest, token: str, kind: str, item_id: uuid.UUID) -> HttpResponse:
    """Go on to one thing asked, with a way back."""
    path = open_asked(token=token, kind=kind, item_id=item_id)
    return redirect(f"{path}?{urlencode({'back': token})}")


@by_link
@require_http_methods(["GET", "POST"])
@on_partner_page
def partner_value(request: SpaceRequest, token: str, item_id: uuid.UUID) -> HttpResponse:
    """Give a number, or say why there is none."""
    person, _link = open_partner_page(token)
    owed = owed_value_for(person, item_id, today=timezone.localdate())
    if owed is None:
        raise Http404
    form = ValueForm(request.POST if request.method == "POST" else None, indicator=owed.indicator)
    if request.method == "POST" and form.is_valid():
        try:
            give_value(token=token, item_id=item_id, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you. Somebody else will look at it."))
            return redirect("partner_page", tenant=request.tenant.slug, token=token)
    context = {
        "form": form,
        "indicator": owed.indicator,
        "period": period_words(owed.period, request.LANGUAGE_CODE[:2]),
        "last_time": last_time_words(owed, request.LANGUAGE_CODE[:2]),
        "has_groups": cuts_of(owed.indicator).exists(),
        "token": token,
    }
    return render(request, "reports/partner_value.html", context, status=422 if form.errors else 200)


@by_link
@require_http_methods(["GET", "POST"])
@on_partner_page
def partner_heard(request: SpaceRequest, token: str, item_id: uuid.UUID) -> HttpResponse:
    """What was heard of one's organisation: confirm it, or say how it was meant."""
    person, _link = open_partner_page(token)
    one = get_object_or_404(heard_asked_of(member_rights_of(person)), pk=item_id)
    if request.method == "POST":
        with suppress(NotAskedError):
            answer_heard(token=token, item_id=item_id, correction=request.POST.get("correction", "")[:1000])
        messages.success(request, _("Thank you. Your answer was kept."))
        return redirect("partner_page", tenant=request.tenant.slug, token=token)
    return render(request, "reports/partner_heard.html", {"one": one, "token": token})


@by_link
@require_POST
def partner_page_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_partner_page(token=token)
    return render(request, "partnerships/link_renewed.html")


@members
@require_POST
def own_page(request: SpaceRequest) -> HttpResponse:
    """What is asked of whoever is signed in, also of who speaks for no organisation."""
    try:
        return redirect(open_own_page(by=request.user))
    except NotAskedError:
        messages.info(request, _("Nothing is asked of you today. Thank you."))
        return redirect(space_url("start"))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def partner_page_send(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> HttpResponse:
    """Mail a person the page with everything asked of them."""
    partnership = editable_partnership(request, slug)
    rows = active_representatives().filter(member__partnership=partnership, member=member_id)
    representative = get_object_or_404(rows, pk=representative_id)
    if mail_partner_page(person=representative.person, by=request.user) is None:
        messages.error(request, _("This person has no address or wants no mail."))
    else:
        messages.success(request, _("The page is on its way to %(email)s.") % {"email": representative.person.email})
    return redirect(space_url("member_detail", slug=slug, member_id=member_id))

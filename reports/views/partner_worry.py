"""Telling a worry in private from the page of an e-mailed link."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.worry import WorryForm
from partnerships.operations.worry import WorryRefusedError, raise_worry_by_link
from partnerships.queries.worry import contacts_offered, members_it_can_be_about
from partnerships.rules.authority import LinkHolder
from reports.operations.partner_page import open_partner_page
from reports.queries.partner_page import partnerships_of
from reports.views.partner_door import on_partner_page


@by_link
@never_cache
@require_http_methods(["GET", "POST"])
@on_partner_page
def partner_worry(request: SpaceRequest, token: str, slug: str) -> HttpResponse:
    """Tell one of the two contacts what worries one; the answer shows code and key, once."""
    person, link = open_partner_page(token)
    partnership = next((one for one in partnerships_of(person) if one.slug == slug), None)
    if partnership is None:
        raise Http404
    holder = LinkHolder(person=person, link_id=link.pk)
    contacts = contacts_offered(partnership, holder)
    members = list(members_it_can_be_about(partnership))
    form = WorryForm(request.POST if request.method == "POST" else None, contacts=contacts, members=members)
    context = {"partnership": partnership, "form": form, "contacts": contacts, "token": token}
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            worry, key = raise_worry_by_link(
                partnership=partnership,
                by=holder,
                text=fields["text"],
                contact_id=uuid.UUID(fields["contact"]),
                about=uuid.UUID(fields["about"]) if fields["about"] else None,
            )
        except WorryRefusedError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except TooOftenError:
            form.add_error(None, _("That was a lot in a short time. Go on a little later."))
        else:
            return render(request, "reports/partner_worry_told.html", context | {"worry": worry, "key": key})
    return render(request, "reports/partner_worry.html", context, status=422 if form.errors else 200)

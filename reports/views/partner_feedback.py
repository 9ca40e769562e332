"""Saying how the work together goes from the page of an e-mailed link, and reading the answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.access import SpaceRequest, by_link
from core.web.space import space_url
from partnerships.forms.partner_feedback import PartnerFeedbackForm
from partnerships.operations.partner_feedback import FeedbackRefusedError, give_partner_feedback
from partnerships.queries.partner_feedback import feedback_by_link, feedback_row_by_link
from partnerships.rules.authority import LinkHolder
from reports.operations.partner_page import open_partner_page
from reports.queries.partner_page import partnerships_of
from reports.views.partner_door import on_partner_page

MOST_SHOWN = 25


@by_link
@require_http_methods(["GET", "POST"])
@on_partner_page
def partner_together(request: SpaceRequest, token: str, slug: str) -> HttpResponse:
    """Say something for one's organisation; below it stands what was said before, with the answers."""
    person, link = open_partner_page(token)
    partnership = next((one for one in partnerships_of(person) if one.slug == slug), None)
    if partnership is None:
        raise Http404
    form = PartnerFeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            holder = LinkHolder(person=person, link_id=link.pk)
            give_partner_feedback(partnership=partnership, by=holder, **form.cleaned_data)
        except FeedbackRefusedError as refusal:
            form.add_error("text", str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. The coordination will answer."))
            return redirect(space_url("partner_together", token=token, slug=slug))
    today = timezone.localdate()
    rows = [
        feedback_row_by_link(one, person, today=today) for one in feedback_by_link(person, partnership)[:MOST_SHOWN]
    ]
    context = {"partnership": partnership, "form": form, "rows": rows, "token": token}
    return render(request, "reports/partner_together.html", context, status=422 if form.errors else 200)

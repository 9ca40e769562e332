"""The inbox of residents' messages, and sorting many of them at once."""

import uuid
from collections.abc import Collection, Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from engagement.forms.submission import InboxFilters
from engagement.forms.triage_many import ManyForm
from engagement.models import Submission, Theme
from engagement.operations.submission import SubmissionRefusedError
from engagement.operations.triage_many import ManyDone, sort_many
from engagement.queries.submission import (
    InboxWish,
    as_row,
    is_a_complaint_without_handler,
    partnerships_answered_by,
    submissions_in_inbox,
    submissions_sorted_by,
)
from engagement.queries.theme import themes_visible_to
from engagement.rules.triage_many import MOST_AT_ONCE
from partnerships.models import Partnership

NO_LONGER_OPEN = (Submission.State.CLOSED, Submission.State.SPAM, Submission.State.WITHDRAWN)


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: SpaceRequest) -> HttpResponse:
    """What residents wrote to all partnerships the viewer answers for; open messages unless asked otherwise.

    Who answers for none finds the messages they were given. Posting does one thing with the ticked ones.
    """
    answered = list(partnerships_answered_by(request.viewer))
    filters = InboxFilters(request.GET, partnerships=answered, theme=_theme(request))
    wish = filters.wish
    chosen = [one for one in answered if len(answered) == 1 or one.slug == wish.partnership]
    partnership = chosen[0] if chosen else None
    if request.method != "POST":
        return _page(request, filters, answered, ManyForm(partnership=partnership))
    form, ticked = ManyForm(request.POST, partnership=partnership), _ticked(request)
    if form.is_valid():
        try:
            wanted = submissions_sorted_by(request.viewer).filter(pk__in=ticked)
            done = sort_many(submissions=list(wanted), by=request.user, **form.facts)
        except SubmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _in_words(done))
            return redirect(request.get_full_path())
    return _page(request, filters, answered, form, ticked=ticked, status=422)


def _page(
    request: SpaceRequest,
    filters: InboxFilters,
    answered: Sequence[Partnership],
    form: ManyForm,
    *,
    ticked: Collection[uuid.UUID] = (),
    status: int = 200,
) -> HttpResponse:
    today, wish = timezone.localdate(), filters.wish
    rows = submissions_in_inbox(request.viewer, wish)
    context = {
        "page": page_of(request, rows, as_row=lambda row: as_row(row, today=today)),
        "filters": filters,
        "is_narrowed": wish != InboxWish(),
        "is_narrowed_more": wish != InboxWish(search=wish.search, state=wish.state, who=wish.who),
        "partnerships": answered,
        "needs_handler": is_a_complaint_without_handler(request.viewer),
        "form": form,
        "ticked": set(ticked),
        "is_of_one": form.is_of_one,
        "shows_open": wish.state not in NO_LONGER_OPEN,
        "shows_closed": wish.state in {"all", *NO_LONGER_OPEN},
    }
    return page(request, "engagement/inbox.html", context, partial="results", status=status)


def _theme(request: SpaceRequest) -> Theme | None:
    """The theme whose messages are asked for; none for what is no theme the viewer sees."""
    try:
        key = uuid.UUID(request.GET.get("theme", ""))
    except ValueError:
        return None
    return themes_visible_to(request.viewer).filter(pk=key).first()


def _ticked(request: SpaceRequest) -> list[uuid.UUID]:
    """The messages that are ticked, or all that are shown. Raises BadRequest for what is no id."""
    name = "shown" if "everything" in request.POST else "id"
    try:
        return [uuid.UUID(key) for key in request.POST.getlist(name)[: MOST_AT_ONCE + 1]]
    except ValueError as error:
        raise BadRequest from error


def _in_words(done: ManyDone) -> str:
    said = ngettext("Done with %(count)d message.", "Done with %(count)d messages.", done.changed)
    said %= {"count": done.changed}
    if done.left_out:
        left = ngettext(
            "%(count)d stays as it was: it cannot follow what was done with it before.",
            "%(count)d stay as they were: it cannot follow what was done with them before.",
            done.left_out,
        )
        said += " " + left % {"count": done.left_out}
    return said

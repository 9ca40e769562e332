"""Reminders: what goes out next, and how often a person wants them."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.web.access import SpaceRequest, by_link, requires
from reports.forms.reminder import RhythmForm
from reports.models import ReminderPreference
from reports.operations.digest import PREFERENCE_LINK, choose_rhythm
from reports.queries.digest import digests_seen_by, reader_of, rhythm_of

DAYS_AHEAD = 7


@requires(Permission.SEE_REMINDERS)
@require_safe
def reminders(request: SpaceRequest) -> HttpResponse:
    """Who is reminded of what, on the day asked for (today up to a week ahead)."""
    asked = request.GET.get("in", "0")
    ahead = int(asked) if asked.isascii() and asked.isdigit() and int(asked) <= DAYS_AHEAD else 0
    day = timezone.localdate() + timedelta(days=ahead)
    found = digests_seen_by(request.viewer, day)
    context = {
        "day": day,
        "ahead": ahead,
        "days": [(number, timezone.localdate() + timedelta(days=number)) for number in range(DAYS_AHEAD + 1)],
        "going": [digest for digest in found if digest.goes_out],
        "waiting": [digest for digest in found if not digest.goes_out],
    }
    return render(request, "reports/reminders.html", context)


@csrf_exempt
@by_link
@require_http_methods(["GET", "POST"])
def reminder_choice(request: SpaceRequest, token: str) -> HttpResponse:
    """Choose how often to be reminded. A mail program's one-click request stops the mails (RFC 8058).

    Without CSRF protection because that request comes from mail programs; the secret in the address is the proof.
    """
    try:
        link = open_link(token, purpose=PREFERENCE_LINK)
    except (LinkUnknownError, LinkExpiredError) as error:
        raise Http404 from error
    person = reader_of(link.subject_id)
    if person is None:
        raise Http404
    form = RhythmForm(request.POST or None, initial={"rhythm": rhythm_of(person)})
    is_done = False
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        if one_click or form.is_valid():
            choose_rhythm(
                person=person, rhythm=ReminderPreference.Rhythm.NEVER if one_click else form.cleaned_data["rhythm"]
            )
            is_done = True
    return render(request, "reports/reminder_choice.html", {"form": form, "is_done": is_done, "person": person})

"""Writing public pages and forms in a further language: each page's own texts, as it says them today.

Which texts a page has is asked of the page itself: it is made once, for nobody, while everything it says is written
down. So a new question, theme or word of the product is on the list as soon as it is on the page. What is mailed, and
the pages behind mailed links, are on the list of the page they follow on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.access.viewer import PUBLIC
from core.queries.tenant import tenant_at_work
from core.rules.phrases import Phrase, Phrases
from core.web.access import SpaceRequest, requires
from core.web.further import written_in
from core.web.space import space_url
from engagement.forms.public_phrase import PhrasesForm
from engagement.models import Submission, Survey
from engagement.operations.feedback import SentFeedback
from engagement.operations.public_phrase import save_phrases
from engagement.queries.activity import activities_ahead
from engagement.queries.public_page import public_partnership
from engagement.queries.public_phrase import is_spoken_here, written_before
from engagement.queries.survey import surveys_for_everybody
from engagement.queries.volunteer import public_opportunities
from engagement.rules.languages import FurtherLanguage, further_language
from engagement.rules.progress import STEP_OF
from engagement.views import feedback, public_about, public_activity, public_page, public_volunteer, survey_answer
from engagement.views.public_frame import public_page_response
from engagement.views.public_phrase_samples import (
    Visit,
    activity_samples,
    message_samples,
    survey_samples,
    volunteer_samples,
)
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing


@dataclass(frozen=True)
class Sheet:
    """A public page or form, under a name of its own in addresses."""

    name: str
    title: str
    visits: Sequence[Visit]


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def public_phrases(request: SpaceRequest, slug: str, language_code: str, sheet_name: str) -> HttpResponse:
    """Every text of one public page or form, and what stands there in the language."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_PARTNERSHIP)
    language = chosen_language(language_code)
    sheet = next((one for one in sheets_of(partnership) if one.name == sheet_name), None)
    if sheet is None:
        raise Http404
    texts = texts_of_sheet(request, sheet, language.code)
    said = {
        source: Phrase(row.text, row.is_machine_helped)
        for source, row in written_before(partnership, language.code, texts).items()
    }
    attrs = {"lang": language.code, "dir": language.direction}
    form = PhrasesForm(request.POST or None, texts=texts, said=said, attrs=attrs)
    if request.method == "POST" and form.is_valid():
        helped = form.cleaned_data["is_machine_helped"]
        terms: dict[str, Any] = {"texts": form.texts, "is_machine_helped": helped, "by": request.user}
        try:
            save_phrases(partnership=partnership, language_code=language.code, **terms)
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, _("The texts were saved."))
            return redirect(space_url("public_text_edit", slug=slug, language_code=language.code))
    context = {"partnership": partnership, "language": language, "sheet": sheet, "form": form}
    return render(request, "engagement/public_phrases.html", context, status=422 if form.errors else 200)


def chosen_language(code: str) -> FurtherLanguage:
    """A language the space chose; 404 for any other."""
    if not is_spoken_here(code):
        raise Http404
    return further_language(code)


def sheets_of(partnership: Partnership) -> list[Sheet]:
    """The public pages and forms of a partnership that have texts today; none while it is not public."""
    if not public_partnership(partnership.slug).exists():
        return []
    where = {"slug": partnership.slug}
    sheets = [
        Sheet("page", _("The public page"), [_page(public_page.public_page, **where)]),
        Sheet("form", _("The form for messages"), [*_form(feedback.feedback_new, **where), _sent(partnership)]),
        Sheet("follow", _("Following a message"), _following(partnership)),
        Sheet("about", _("Contact, privacy, accessibility"), [_page(view) for view in _ABOUT]),
    ]
    for activity in activities_ahead(partnership, now=timezone.now()):
        here = {**where, "number": activity.number}
        visits = [
            _page(public_activity.public_activity, **here),
            *_form(public_activity.activity_register, **here),
            *activity_samples(activity),
        ]
        sheets.append(Sheet(f"activity-{activity.number}", activity.title, visits))
    for survey in surveys_for_everybody(partnership, today=timezone.localdate()):
        if survey.published_on is None:
            visits = [
                *_form(_whole_survey, **where, number=survey.number), _thanked(survey), *survey_samples(survey)
            ]  # fmt: skip
            sheets.append(Sheet(f"survey-{survey.number}", str(survey), visits))
    for opportunity in public_opportunities(partnership.slug):
        here = {**where, "number": opportunity.number}
        visits = [
            _page(public_volunteer.public_opportunity, **here),
            *_form(public_volunteer.volunteer_sign_up, **here),
            *volunteer_samples(opportunity),
        ]
        sheets.append(Sheet(f"volunteering-{opportunity.number}", opportunity.title, visits))
    return sheets


def texts_of_sheet(request: SpaceRequest, sheet: Sheet, code: str) -> dict[str, str]:
    """Everything a page says, in its order: what it stands for, and how the base language says it."""
    phrases = Phrases(code, tenant_at_work().default_language)
    with written_in(phrases):
        for visit in sheet.visits:
            visit(_nobodys(request))
    return phrases.heard


_ABOUT = (public_about.public_contact, public_about.public_privacy, public_about.public_accessibility)


def _page(view: Callable[..., HttpResponse], **where: Any) -> Visit:
    return lambda visitor: view(visitor, **where)


def _form(view: Callable[..., HttpResponse], **where: Any) -> list[Visit]:
    """The page of a form, and what it says to whoever sends it empty; an empty form writes nothing."""

    def empty(visitor: SpaceRequest) -> HttpResponse:
        visitor.method, visitor.POST = "POST", QueryDict("empty=1")
        return view(visitor, **where)

    return [_page(view, **where), empty]


def _whole_survey(visitor: SpaceRequest, **where: Any) -> HttpResponse:
    visitor.GET = QueryDict("whole=1")
    if visitor.method == "POST":
        visitor.POST = QueryDict("step=all&go=send")
    return survey_answer.survey_answer(visitor, **where)


def _sent(partnership: Partnership) -> Visit:
    context = {"sent": SentFeedback("", is_urgent=True), "partnership": partnership, "mails_answer": True}
    template = "engagement/feedback_sent.html"
    return lambda visitor: public_page_response(visitor, template, {**context, "numbers": []})


def _thanked(survey: Survey) -> Visit:
    context = {"survey": survey, "partnership": survey.partnership}
    return lambda visitor: public_page_response(visitor, "engagement/survey_thanks.html", context)


def _following(partnership: Partnership) -> list[Visit]:
    return [*_form(feedback.feedback_status), *_states(partnership), *message_samples(partnership)]


def _states(partnership: Partnership) -> list[Visit]:
    """What whoever follows a message reads at each point of its way."""

    def at(state: str, *, days_ago: int = 0) -> Visit:
        message = Submission(
            partnership=partnership,
            state=state,
            outcome=state,
            text="-",
            contact_email="-",
            received_hour=timezone.now() - timedelta(days=days_ago),
        )
        return lambda visitor: feedback.status_page(visitor, message, "")

    return [*(at(state) for state in STEP_OF), at(Submission.State.RECEIVED, days_ago=60)]


def _nobodys(request: SpaceRequest) -> SpaceRequest:
    """A request of somebody without an account for the same space."""
    visitor = SpaceRequest()
    visitor.method, visitor.path, visitor.META = "GET", request.path, dict(request.META)
    visitor.path_info = space_url("public_space")
    visitor.META.pop("HTTP_COOKIE", None)
    visitor.tenant, visitor.viewer = request.tenant, PUBLIC
    visitor.user = AnonymousUser()  # type: ignore[assignment]  # nobody
    return visitor

"""Consents to be shown in posts, for those who prepare them."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.lists import page_of
from core.web.space import space_url
from engagement.forms.picture_consent import ConsentForm
from engagement.models import PictureConsent
from engagement.operations.picture_consent import ConsentEndedError, record_consent, withdraw_consent
from engagement.queries.picture_consent import as_consent_row, consent_list, consents_visible_to
from engagement.queries.social_plan import channels_of
from engagement.views.post_doors import post_ways
from metrics.forms.figure import add_refusal
from partnerships.views.doors import editable_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def picture_consents(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who agreed to be shown, until when, and in how many posts."""
    partnership = editable_partnership(request, slug)
    today = timezone.localdate()
    rows = consent_list(request.viewer, partnership)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "post_list"),
        "ways": post_ways(partnership, "picture_consent_list", can_edit=True),
        "page": page_of(request, rows, as_row=lambda consent: as_consent_row(consent, today=today)),
    }
    return render(request, "engagement/picture_consent_list.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def picture_consent_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write a consent down."""
    partnership = editable_partnership(request, slug)
    form = ConsentForm(
        request.POST or None,
        request.FILES or None,
        channels=channels_of(request.viewer, partnership),
        initial={"given_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The consent is kept. Choose it in the posts that rest on it."))
            return redirect(space_url("picture_consent_list", slug=slug))
    context = {"form": form, "partnership": partnership}
    return render(request, "engagement/picture_consent_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def picture_consent_withdraw(request: SpaceRequest, slug: str, picture_consent_id: uuid.UUID) -> HttpResponse:
    """Somebody does not want to be shown any more."""
    consent = _consent(request, slug, picture_consent_id)
    try:
        posts = withdraw_consent(consent=consent, by=request.user)
    except ConsentEndedError as refusal:
        messages.warning(request, str(refusal))
    else:
        told = ngettext(
            "Taken back. %(count)d post rested on it: its picture is deleted, what was out is to be taken down.",
            "Taken back. %(count)d posts rested on it: their pictures are deleted, what was out is to be taken down.",
            len(posts),
        )
        messages.success(request, told % {"count": len(posts)} if posts else _("Taken back. No post rested on it."))
    return redirect(space_url("picture_consent_list", slug=slug))


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def picture_consent_file(request: SpaceRequest, slug: str, picture_consent_id: uuid.UUID) -> HttpResponse:
    """The signed form."""
    return file_answer(_consent(request, slug, picture_consent_id).evidence)


def _consent(request: SpaceRequest, slug: str, picture_consent_id: uuid.UUID) -> PictureConsent:
    partnership = editable_partnership(request, slug)
    return get_object_or_404(consents_visible_to(request.viewer).filter(partnership=partnership), pk=picture_consent_id)

"""Worries about people's safety, for the named lead alone; for anybody else they do not exist (R-V5)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.web.access import SpaceRequest, members
from core.web.space import space_url
from engagement.models import SafeguardingConcern
from engagement.operations.safeguarding import close_concern, read_concern
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.volunteer import concerns_for, words_of_concern


@members
@require_safe
def concerns(request: SpaceRequest) -> HttpResponse:
    """The reader's own: those they are the named lead of."""
    return render(request, "engagement/concern_list.html", {"concerns": list(concerns_for(request.user))})


@members
@require_safe
def concern_detail(request: SpaceRequest, concern_id: uuid.UUID) -> HttpResponse:
    """One, with its words."""
    concern = _own(request, concern_id)
    context = {"concern": concern, "words": words_of_concern(concern)}
    return render(request, "engagement/concern_detail.html", context)


@members
@require_POST
def concern_read(request: SpaceRequest, concern_id: uuid.UUID) -> HttpResponse:
    """I look into it."""
    concern = _own(request, concern_id)
    try:
        read_concern(concern=concern, by=request.user)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect(space_url("concern_detail", concern_id=concern.pk))


@members
@require_POST
def concern_close(request: SpaceRequest, concern_id: uuid.UUID) -> HttpResponse:
    """It is settled."""
    concern = _own(request, concern_id)
    try:
        close_concern(concern=concern, by=request.user)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect(space_url("concern_list"))


def _own(request: SpaceRequest, concern_id: uuid.UUID) -> SafeguardingConcern:
    return get_object_or_404(concerns_for(request.user), pk=concern_id)

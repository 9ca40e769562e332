"""Finding partners: the gaps, who could close them, and how to begin."""

import uuid
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, requires
from partnerships.models import Partnership
from partnerships.queries.resource_need import need_rows, needs_of
from partnerships.queries.scouting import scouting_of, who_may_be_asked
from partnerships.rules.scouting import first_agenda, first_letter
from partnerships.views.doors import editable_partnership
from partnerships.views.tabs import partnership_tabs
from stakeholders.models import Stakeholder

NEEDS_SHOWN = 20


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def scouting(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who is missing, whom to ask, and what nobody brings yet."""
    partnership = editable_partnership(request, slug)
    today = timezone.localdate()
    open_needs = needs_of(request.viewer, partnership).filter(state="open")[:NEEDS_SHOWN]
    rows = need_rows(request.viewer, open_needs, today=today)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "resource_need_list"),
        "gaps": scouting_of(request.viewer, partnership, today=today),
        "rows": [row for row in rows if not row.has_holder],
    }
    return render(request, "partnerships/scouting.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def scouting_first_steps(request: SpaceRequest, slug: str, stakeholder_id: uuid.UUID) -> HttpResponse:
    """A first letter and a first meeting to begin with, in the language of whom they are for."""
    partnership = editable_partnership(request, slug)
    stakeholder = get_object_or_404(who_may_be_asked(request.viewer, partnership), pk=stakeholder_id)
    language = stakeholder.language or tenant_at_work().default_language
    with translation.override(language):
        letter = _letter(request, partnership, stakeholder)
        agenda = first_agenda()
    context = {
        "partnership": partnership,
        "stakeholder": stakeholder,
        "language": language,
        "letter": letter,
        "mail_url": f"mailto:{stakeholder.email}?subject={quote(partnership.name)}&body={quote(letter)}",
        "agenda": agenda,
        "minutes": sum(point.minutes for point in agenda),
    }
    return render(request, "partnerships/scouting_first_steps.html", context)


def _letter(request: SpaceRequest, partnership: Partnership, stakeholder: Stakeholder) -> str:
    return first_letter(
        name=partnership.name,
        purpose=partnership.purpose,
        territory=partnership.territory,
        space=tenant_at_work().name,
        sector=stakeholder.sector,
        their_words=stakeholder.interest_statement,
        signed=str(request.user),
    )

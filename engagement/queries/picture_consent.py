"""Reading consents to be shown: for those who prepare posts alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.access.permissions import Permission
from core.access.viewer import Viewer, where_may
from engagement.models import PictureConsent
from partnerships.models import Partnership


@dataclass(frozen=True)
class ConsentRow:
    """A consent as the list shows it."""

    consent: PictureConsent
    who: str
    tone: str
    state: str
    posts: int


def consents_visible_to(viewer: Viewer) -> QuerySet[PictureConsent]:
    """Consents of the partnerships a viewer edits, those in force first, then the newest."""
    own = where_may(viewer, Permission.EDIT_PARTNERSHIP, scope="partnership__scope_id")
    rows = PictureConsent.objects.filter(own).select_related("partnership", "channel", "evidence")
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-given_on", "-id")


def consent_list(viewer: Viewer, partnership: Partnership) -> QuerySet[PictureConsent]:
    """Those of one partnership, with the number of posts that rest on each."""
    rows = consents_visible_to(viewer).filter(partnership=partnership)
    return rows.annotate(post_count=Count("post_links"))


def consents_to_choose(viewer: Viewer, partnership: Partnership, *, today: date) -> QuerySet[PictureConsent]:
    """Those that hold today."""
    holds = Q(expires_on=None) | Q(expires_on__gte=today)
    return consents_visible_to(viewer).filter(holds, partnership=partnership, ended_on=None)


def as_consent_row(consent: PictureConsent, *, today: date) -> ConsentRow:
    """What the list shows of a consent of ``consent_list``."""
    is_over = consent.expires_on is not None and consent.expires_on < today
    tone, state = ("ok", pgettext("consent", "Holds"))
    if consent.ended_on or is_over:
        tone, state = ("idle", pgettext("consent", "Over"))
    return ConsentRow(consent, named(consent), tone, state, consent.post_count)  # type: ignore[attr-defined]  # annotated


def named(consent: PictureConsent) -> str:
    """Who is shown, in words."""
    return consent.who or _("Name deleted")

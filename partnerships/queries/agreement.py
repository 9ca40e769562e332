"""Reading agreements: their versions, who was asked, who answered."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.models import AccessLink, User
from core.queries.composed import Composed
from core.web.space import space_url
from partnerships.models import Agreement, AgreementVersion, Partnership, Signature
from partnerships.queries.representative import own_member_ids
from partnerships.rules.agreement import AGREED, SHARED, SIGNATURE_LINK, SIGNING, standing_of, state_on
from partnerships.rules.signature import TONES, Standing, standing_of_request

State = AgreementVersion.State


@dataclass(frozen=True)
class AgreementRow:
    """An agreement as lists show it, by its newest version."""

    title: str
    url: str
    number: int
    version: AgreementVersion
    tone: str
    state_label: str
    signed: int
    asked: int
    # An older version was in force, its time is over, and nothing took its place.
    has_lapsed: bool = False


@dataclass(frozen=True)
class VersionRow:
    """A version as a choice among those of its agreement."""

    version: AgreementVersion
    state_label: str


@dataclass(frozen=True)
class SignatureRow:
    """A party's answer as a page shows it."""

    signature: Signature
    organisation: str
    tone: str
    state_label: str
    standing: Standing
    # Until when the last mailed link works or worked; None where none was mailed.
    link_until: datetime | None = None
    # At which step of how many it signs; 0 where all are asked at once.
    step: int = 0
    steps: int = 0


def versions_visible_to(viewer: Viewer) -> QuerySet[AgreementVersion]:
    """The versions a viewer may read, newest first: partners see those shared with them, coordination also drafts."""
    path = "agreement__partnership"
    seen = visible_records(viewer, scope=f"{path}__scope_id", chain=["agreement__visibility", f"{path}__visibility"])
    rows = AgreementVersion.objects.filter(seen)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        own = Q(**{f"{path}__scope_id__in": viewer.scopes_with(Permission.EDIT_PARTNERSHIP)})
        rows = rows.filter(Q(state__in=SHARED) | own)
    return rows.select_related("agreement__partnership").order_by("-number", "id")


def agreement_list(viewer: Viewer, partnership: Partnership) -> QuerySet[Agreement]:
    """A partnership's agreements of which the viewer may read a version, with versions and signatures, by number."""
    versions = versions_visible_to(viewer)
    signatures = Prefetch("signatures", queryset=live_signatures(), to_attr="live")
    readable = versions.filter(agreement_id=OuterRef("pk")).order_by()
    rows = Agreement.objects.filter(Exists(readable), partnership=partnership).select_related("partnership")
    found = Prefetch("versions", queryset=versions.prefetch_related(signatures), to_attr="readable")
    return rows.prefetch_related(found).order_by("number", "id")


# The end of the last link that was mailed for a request.
LINK_UNTIL = Subquery(
    AccessLink.objects.filter(subject_id=OuterRef("pk"), purpose=SIGNATURE_LINK, revoked_at=None)
    .order_by("-expires_at")
    .values("expires_at")[:1]
)


def live_signatures() -> QuerySet[Signature]:
    """Requests and answers that count, by organisation, each with ``link_until``."""
    rows = Signature.objects.exclude(state=Signature.State.VOID).select_related("member__organisation", "person")
    return rows.annotate(link_until=LINK_UNTIL).order_by("order", "member__organisation__sort_name", "id")


def standing_now(signature: Signature) -> Standing:
    """How far a request of ``live_signatures`` is now; without ``link_until`` no link is known to have ended."""
    return standing_of_request(
        state=signature.state,
        viewed_at=signature.viewed_at,
        link_until=getattr(signature, "link_until", None),
        now=timezone.now(),
    )


def asked_before(version: AgreementVersion) -> dict[uuid.UUID, Signature]:
    """Whom a draft was opened for before its text was changed (R-A3), by member: the last request to each."""
    rows = Signature.objects.filter(version=version, state=Signature.State.VOID, is_accession=False, carried_from=None)
    return {request.member_id: request for request in rows.order_by("id")}


def earlier_acceptance(signature: Signature) -> Signature | None:
    """What the same party had accepted last of this version before the text was changed (R-A3), with its day."""
    rows = Signature.objects.filter(version=signature.version_id, member=signature.member_id, carried_from=None)
    return rows.filter(state=Signature.State.VOID).exclude(hash_signed="").order_by("-answered_at", "id").first()


def accepted_version_before(signature: Signature) -> AgreementVersion | None:
    """The newest version before this one to which the same party's signature counts."""
    version = signature.version
    rows = AgreementVersion.objects.filter(agreement=version.agreement_id, number__lt=version.number)
    given = Signature.objects.filter(member=signature.member_id, state=Signature.State.SIGNED)
    return rows.filter(pk__in=given.values("version")).order_by("-number").first()


def signatures_of(version: AgreementVersion) -> list[SignatureRow]:
    """The parties asked to sign a version, with their answers, in the order of signing."""
    signatures = list(live_signatures().filter(version=version))
    orders = sorted({signature.order for signature in signatures if not signature.is_accession})
    steps = {order: step for step, order in enumerate(orders, start=1)} if len(orders) > 1 else {}
    return [
        SignatureRow(
            signature=signature,
            organisation=signature.member.organisation.name,
            tone=TONES[standing],
            state_label=str(standing.label),
            standing=standing,
            link_until=getattr(signature, "link_until", None),
            step=0 if signature.is_accession else steps.get(signature.order, 0),
            steps=len(steps),
        )
        for signature, standing in ((one, standing_now(one)) for one in signatures)
    ]


def version_rows(versions: Iterable[AgreementVersion], *, today: date) -> list[VersionRow]:
    """Versions with where each stands on a day."""
    return [VersionRow(version, standing_of(version, today=today)[1]) for version in versions]


def in_force_on(today: date, *, path: str = "") -> Q:
    """The condition on versions that are in force on a day, whatever the night did (``state_on``).

    One signed for a later day is not yet, and one that lapsed is no longer (R-A7). ``path`` leads to the version, for
    example ``version__``.
    """
    lasts = Q((f"{path}valid_to", None)) | Q((f"{path}valid_to__gte", today))
    goes_on = lasts | Q((f"{path}renewal", AgreementVersion.Renewal.TACIT))
    return reached_on(today, path=path) & goes_on


def reached_on(today: date, *, path: str = "") -> Q:
    """The condition on versions whose first day has come and whose place no later one has taken, lapsed or not."""
    has_begun = Q((f"{path}valid_from", None)) | Q((f"{path}valid_from__lte", today))
    has_place = Q((f"{path}replaced_on", None)) | Q((f"{path}replaced_on__gt", today))
    goes_on = Q((f"{path}terminated_on", None)) | Q((f"{path}terminated_on__gt", today))
    return Q((f"{path}state__in", AGREED)) & has_begun & has_place & goes_on


def lapsed_on(today: date) -> Q:
    """The condition on versions that were in force and are so no longer, because their time is over or was ended."""
    is_over = reached_on(today) & Q(valid_to__lt=today) & ~Q(renewal=AgreementVersion.Renewal.TACIT)
    is_ended = Q(state__in=AGREED, terminated_on__lte=today)
    return Q(state__in=[State.EXPIRED, State.TERMINATED]) | is_over | is_ended


def only_lapsed(versions: QuerySet[AgreementVersion], *, today: date, partnership: str = "pk") -> Q:
    """The condition on rows of partnerships whose agreements that were in force all lapsed (R-A7).

    ``versions`` are those that count; ``partnership`` is the row's way to its partnership.
    """
    here = versions.filter(agreement__partnership=OuterRef(partnership)).order_by()
    return Q(Exists(here.filter(lapsed_on(today)))) & ~Q(Exists(here.filter(in_force_on(today))))


def has_agreement_in_force(partnership_id: uuid.UUID, *, today: date) -> bool:
    """Whether a partnership has an agreement in force on a day."""
    rows = AgreementVersion.objects.filter(agreement__partnership_id=partnership_id)
    return rows.filter(in_force_on(today)).exists()


def has_only_lapsed(viewer: Viewer, partnership: Partnership, *, today: date) -> bool:
    """Whether a partnership's agreements that were in force all lapsed, as far as the viewer may read them (R-A7)."""
    return bool(_only_lapsed(viewer, partnership=partnership, today=today))


@Composed
def _only_lapsed(viewer: Viewer, partnership: Partnership, today: date) -> QuerySet[Partnership, uuid.UUID]:
    rows = Partnership.objects.filter(only_lapsed(versions_visible_to(viewer), today=today), pk=partnership.pk)
    return rows.order_by().values_list("pk", flat=True)


def open_requests(*, today: date | None = None) -> QuerySet[Signature]:
    """Requests that can be answered now: of versions being signed, and accessions to one in force."""
    acceding = Q(is_accession=True) & in_force_on(today or timezone.localdate(), path="version__")
    rows = Signature.objects.filter(acceding | Q(version__state__in=SIGNING), state=Signature.State.REQUESTED)
    return rows.select_related("version__agreement__partnership", "member__organisation").order_by("id")


def drafts_shared_with(member_ids: Collection[uuid.UUID]) -> QuerySet[AgreementVersion]:
    """The drafts on which the partners of some members were asked to remark, as far as partners may read them."""
    shown = Q(
        agreement__visibility__gte=Visibility.PARTNERS, agreement__partnership__visibility__gte=Visibility.PARTNERS
    )
    rows = AgreementVersion.objects.filter(shown, state=State.PARTNER_REVIEW)
    rows = rows.filter(agreement__partnership__members__in=member_ids).distinct()
    return rows.select_related("agreement__partnership").order_by("id")


def signature_for_signing(version: AgreementVersion, user: User) -> Signature | None:
    """The open request a signed-in person could answer for their organisation; None when there is none."""
    return open_requests().filter(version=version, member_id__in=own_member_ids(user)).first()


def as_agreement_row(agreement: Agreement) -> AgreementRow:
    """What a list shows of an agreement of ``agreement_list``."""
    version: AgreementVersion = agreement.readable[0]  # type: ignore[attr-defined]  # prefetched by agreement_list
    answers = [signature.state for signature in version.live]  # type: ignore[attr-defined]  # prefetched likewise
    today = timezone.localdate()
    tone, label = standing_of(version, today=today)
    states = [state_on(one, today=today) for one in agreement.readable]  # type: ignore[attr-defined]  # likewise
    return AgreementRow(
        title=agreement.title,
        url=space_url("agreement_detail", slug=agreement.partnership.slug, number=agreement.number),
        number=agreement.number,
        version=version,
        tone=tone,
        state_label=label,
        signed=answers.count(Signature.State.SIGNED),
        asked=len(answers),
        has_lapsed=State.EXPIRED in states[1:] and State.IN_FORCE not in states and states[0] != State.EXPIRED,
    )

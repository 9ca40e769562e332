"""Reading measurements: who sees which, what waits for a second person, and whose values somebody enters."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records, where_may
from core.models import User
from core.queries.composed import Composed
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from core.rules.waiting import Somewhere
from core.web.space import space_url
from metrics.models import Measurement, MeasurementEvidence
from metrics.rules.figure import figures_of
from metrics.rules.grade import STANDARDS
from metrics.rules.measurement import NOT_COUNTED, Reported, can_verify, plausibility_notes
from metrics.rules.period import Period, period_words
from metrics.rules.sentence import Sentence
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.member import active_members
from partnerships.queries.representative import representations_of

State = Measurement.State
TONES = {
    State.DRAFT: "draft",
    State.SUBMITTED: "now",
    State.VERIFIED: "done",
    State.QUERIED: "soon",
    State.CORRECTED: "idle",
}
SHORT_STATES = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("To be checked"),
    State.VERIFIED: _("Verified"),
    State.QUERIED: _("Question"),
    State.CORRECTED: _("Replaced"),
}


@dataclass(frozen=True)
class MeasurementRow:
    """A value as tables show it."""

    url: str
    period: str
    ends_on: str
    value: str
    is_missing: bool
    is_estimate: bool
    missing_reason: str
    note: str
    member: str
    state: str
    state_label: str
    tone: str
    indicator_name: str
    indicator_url: str
    is_story: bool = False

    @property
    def short_state(self) -> str:
        """The state in one or two words, for a badge."""
        return str(SHORT_STATES[State(self.state)])


@dataclass(frozen=True)
class Measuring:
    """The members somebody enters values for; ``for_all``: also for the partnership as a whole (coordination)."""

    members: tuple[PartnershipMember, ...] = ()
    for_all: bool = False

    def __bool__(self) -> bool:
        return self.for_all or bool(self.members)


def measurements_visible_to(viewer: Viewer) -> QuerySet[Measurement]:
    """The values a viewer may see, newest period first, with what a row shows; drafts stand in the grid alone."""
    chain = ["indicator__visibility", "indicator__partnership__visibility"]
    seen = visible_records(viewer, scope="indicator__partnership__scope_id", chain=chain)
    rows = Measurement.objects.filter(seen).exclude(state=State.DRAFT)
    rows = rows.select_related("indicator__partnership", "member__organisation")
    return rows.order_by("-period_ends_on", "-entered_at", "-id")


def measurement_list(viewer: Viewer, partnership: Partnership, *, state: str = "") -> QuerySet[Measurement]:
    """A partnership's values, narrowed by state; without one, those that were replaced are left out."""
    rows = measurements_visible_to(viewer).filter(indicator__partnership=partnership)
    return rows.filter(state=state) if state else rows.exclude(state=State.CORRECTED)


def measurement_chain(viewer: Viewer, measurement: Measurement) -> list[Measurement]:
    """The earlier values this one replaced, newest first."""
    found, seen = [], measurements_visible_to(viewer)
    while measurement.corrects_id is not None:
        measurement = seen.select_related("entered_by", "entered_by_person").get(pk=measurement.corrects_id)
        found.append(measurement)
    return found


def newer_value(viewer: Viewer, measurement: Measurement) -> Measurement | None:
    """The value that took the place of one."""
    return measurements_visible_to(viewer).filter(corrects=measurement).first()


def measuring_in(viewer: Viewer, partnership: Partnership) -> Measuring:
    """For whom the viewer enters values: coordination for every member, others for their own organisation (TEN-14)."""
    if viewer.user is None or not viewer.can(Permission.ENTER_MEASUREMENTS, partnership.scope_id):
        return Measuring()
    if viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id):
        return Measuring(tuple(active_members(partnership)), for_all=True)
    own = representations_of(viewer.user).filter(member__partnership=partnership)
    members = {found.member_id: found.member for found in own}
    return Measuring(tuple(members.values()))


def may_correct(viewer: Viewer, measurement: Measurement) -> bool:
    """Whether the viewer may replace a value: coordination, who entered it, and the organisation it belongs to."""
    measuring = measuring_in(viewer, measurement.indicator.partnership)
    own = measuring and viewer.user is not None and measurement.entered_by_id == viewer.user.pk
    return measuring.for_all or own or measurement.member_id in {member.pk for member in measuring.members}


def may_show_evidence(viewer: Viewer, measurement: Measurement) -> bool:
    """Whether the viewer may show that a value is true: who may correct it, and who checks it."""
    checks = viewer.can(Permission.VERIFY_MEASUREMENTS, measurement.indicator.partnership.scope_id)
    return checks or may_correct(viewer, measurement)


def value_evidence(measurement: Measurement) -> QuerySet[MeasurementEvidence]:
    """What shows that a value is true, newest first, with files and who showed it."""
    rows = MeasurementEvidence.objects.filter(measurement=measurement).select_related("file", "user")
    return rows.order_by("-at", "-id")


def grades_of(measurement: Measurement) -> list[tuple[str, str]]:
    """How good a value is, by question, as far as somebody looked."""
    looked_at = [name for name in STANDARDS if getattr(measurement, name) != Measurement.Quality.UNKNOWN]
    return [(str(STANDARDS[name]), str(Measurement.Quality(getattr(measurement, name)).label)) for name in looked_at]


def values_to_check(viewer: Viewer) -> Somewhere:
    """The values a viewer may verify and where most of them are, never of those they entered (R-I7); one statement."""
    if viewer.user is None or not viewer.can(Permission.VERIFY_MEASUREMENTS):
        return Somewhere()
    numbers = dict(_to_check(viewer))
    return Somewhere(sum(numbers.values()), max(sorted(numbers), key=lambda slug: numbers[slug], default=""))


@Composed
def _to_check(viewer: Viewer) -> QuerySet[Measurement, tuple[str, int]]:
    may = where_may(viewer, Permission.VERIFY_MEASUREMENTS, scope="indicator__partnership__scope_id")
    rows = measurements_visible_to(viewer).filter(may, state=State.SUBMITTED).exclude(entered_by=viewer.user)
    rows = rows.exclude(entered_by_person__user=viewer.user).order_by()
    return rows.values_list("indicator__partnership__slug").annotate(number=Count("id"))


def verdict_on_verifying(measurement: Measurement, user: User) -> Verdict:
    """Whether a person may confirm or question a value, and if not, why."""
    person = measurement.entered_by_person
    return can_verify(
        state=measurement.state,
        entered_by_id=measurement.entered_by_id,
        link_user_id=person.user_id if person else None,
        verifier_id=user.pk,
    )


def doubts_about(measurement: Measurement) -> list[Sentence]:
    """What is worth a second look, compared with the value before of the same organisation (R-I8)."""
    before = (
        Measurement.objects.filter(indicator=measurement.indicator, member=measurement.member)
        .filter(period_ends_on__lt=measurement.period_ends_on, value__isnull=False)
        .exclude(state__in=NOT_COUNTED)
        .order_by("-period_ends_on", "-id")
        .first()
    )
    figures = figures_of(measurement.indicator, currency=tenant_at_work().currency)
    return plausibility_notes(_reported(measurement), _reported(before) if before else None, figures)


def _reported(measurement: Measurement) -> Reported:
    return Reported(measurement.value, measurement.numerator, measurement.denominator)


def as_measurement_row(measurement: Measurement, language: str) -> MeasurementRow:
    """What a table shows of a value of ``measurement_list``, or of those that came with their indicator."""
    indicator = measurement.indicator
    slug = indicator.partnership.slug
    figures = figures_of(indicator, currency=tenant_at_work().currency)
    parts = {"numerator": measurement.numerator, "denominator": measurement.denominator}
    return MeasurementRow(
        url=space_url("measurement_detail", slug=slug, measurement_id=measurement.pk),
        period=period_words(Period(measurement.period_starts_on, measurement.period_ends_on), language),
        ends_on=measurement.period_ends_on.isoformat(),
        value=measurement.story or figures.words(measurement.value, language, **parts, in_table=True),
        is_missing=measurement.value is None and not measurement.story,
        is_estimate=measurement.is_estimate,
        missing_reason=measurement.missing_reason,
        note=measurement.note,
        # What holds for everybody in the area is nobody's doing (R-I4).
        member=measurement.member.organisation.name if measurement.member and not indicator.is_context else "",
        state=measurement.state,
        state_label=measurement.get_state_display(),
        tone=TONES[State(measurement.state)],
        indicator_name=indicator.name,
        indicator_url=space_url("indicator_detail", slug=slug, code=indicator.code),
        is_story=bool(measurement.story),
    )

"""Part of the welcome pack: why there is a partnership and since when, what is agreed and promised, whom to ask."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.roles import Role
from core.access.viewer import HeldRole, Viewer
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.models import AgreementVersion, Commitment, PartnershipMember, Representative
from partnerships.queries.agreement import in_force_on, versions_visible_to
from partnerships.queries.commitment import commitments_visible_to
from partnerships.queries.decision import decision_url, decisions_visible_to
from partnerships.queries.representative import active_representatives
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.decision import VALID
from partnerships.rules.task import OPEN
from partnerships.welcome import MOST_LINES, WelcomeLine

State = AgreementVersion.State
# What holds, or held at some time.
HELD = (State.TO_COME, State.IN_FORCE, State.EXPIRED, State.TERMINATED, State.SUPERSEDED)
A_YEAR = timedelta(days=365)


def viewer_for_representative(representative: Representative) -> Viewer:
    """What a person who speaks for a member may see, whether they have an account or not."""
    role = Role.PARTNER_LEAD if representative.can_commit else Role.PARTNER_MEMBER
    scope_id = representative.member.partnership.scope_id
    return Viewer(roles=(HeldRole(role=role, scope_id=scope_id, everywhere=False),))


def purpose_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """What the partnership is for and where it stands."""
    partnership = member.partnership
    url = space_url("partnership_detail", slug=partnership.slug)
    lines = [WelcomeLine(partnership.purpose, url=url)] if partnership.purpose else []
    if partnership.why_partnership:
        lines.append(WelcomeLine(partnership.why_partnership))
    state = _("It is now: %(state)s.") % {"state": partnership.get_state_display()}
    return [*lines, WelcomeLine(state, when=day_words(partnership.starts_on))]


def history_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """How it came to be: when it began, what was agreed, who joined and left; the beginning and the newest of it."""
    partnership = member.partnership
    found = [(partnership.starts_on, _("The partnership began"), "")]
    for version in versions_visible_to(viewer).filter(agreement__partnership=partnership, state__in=HELD):
        words = {"title": version.agreement.title, "number": version.number}
        url = space_url("agreement_detail", slug=partnership.slug, number=version.agreement.number)
        page = f"{url}?version={version.number}"
        found.append((version.valid_from, _("“%(title)s”, version %(number)s, came into force") % words, page))
    for other in PartnershipMember.objects.filter(partnership=partnership).select_related("organisation"):
        name = {"name": other.organisation.name}
        found.append((other.joined_on, _("%(name)s joined") % name, ""))
        found.append((other.left_on, _("%(name)s left") % name, ""))
    today = timezone.localdate()
    past = sorted((day, text, url) for day, text, url in found if day is not None and day <= today)
    shown = past if len(past) <= MOST_LINES else [past[0], *past[1 - MOST_LINES :]]
    return [WelcomeLine(text, when=day_words(day), url=url) for day, text, url in shown]


def agreement_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """The agreements in force."""
    in_force = in_force_on(timezone.localdate())
    rows = versions_visible_to(viewer).filter(in_force, agreement__partnership=member.partnership)
    return [
        WelcomeLine(
            version.agreement.title,
            when=day_words(version.valid_from),
            url=space_url("agreement_detail", slug=member.partnership.slug, number=version.agreement.number),
        )
        for version in rows
    ]


def promise_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """What the own organisation promised, as tasks or elsewhere, or is asked, the nearest date first."""
    rows = tasks_visible_to(viewer).filter(member=member, state__in=OPEN)
    promises = commitments_visible_to(viewer).filter(
        member=member, state__in=[Commitment.State.PROPOSED, Commitment.State.OPEN]
    )
    slug = member.partnership.slug
    lines = [
        (task.due_on, f"{task.title} ({task.get_state_display()})", "task_detail", task.number) for task in rows[:12]
    ]
    lines += [(promise.due_on, promise.title, "commitment_detail", promise.number) for promise in promises[:12]]
    lines.sort(key=lambda line: line[0] or date.max)
    return [
        WelcomeLine(text, when=day_words(due_on), url=space_url(page, slug=slug, number=number))
        for due_on, text, page, number in lines
    ]


def contact_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """Who coordinates, and who may commit for each of the others."""
    partnership = member.partnership
    lines = []
    for person, words in ((partnership.coordinator, _("coordinates")), (partnership.deputy, _("stands in"))):
        if person is not None:
            lines.append(WelcomeLine(f"{person.name or person.email}: {words}, {person.email}"))
    speakers = active_representatives().filter(member__partnership=partnership, can_commit=True)
    others = speakers.exclude(member=member).order_by("member__organisation__sort_name", "id")
    return [*lines, *(WelcomeLine(f"{one.member.organisation.name}: {one.person.name}") for one in others[:10])]


def decision_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """What was decided in the last year and counts, the newest first."""
    since = timezone.localdate() - A_YEAR
    rows = decisions_visible_to(viewer).filter(partnership=member.partnership, state__in=VALID, decided_on__gte=since)
    return [
        WelcomeLine(
            f"{decision.label} {decision.title}", when=day_words(decision.decided_on), url=decision_url(decision)
        )
        for decision in rows[:12]
    ]

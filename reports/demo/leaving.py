"""Somebody leaves in the demo: the notice runs, and the checklist is settled half."""

from partnerships.models import ExitStep, PartnershipMember
from partnerships.operations.exit import settle_exit_step
from partnerships.operations.member import move_member
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story

Kind = ExitStep.Kind
# Who leaves a story, and what was said of the points that are settled.
LEAVES = {
    "scuola-lavoro": (
        "caseificio",
        {
            Kind.MONEY: "Nessun denaro in comune: niente da restituire.",
            Kind.EQUIPMENT: "Due camici e un armadietto, tornati a scuola.",
        },
    ),
    "good-neighbours": (
        "surgery",
        {
            Kind.MONEY: "The grant for the phone is used up, and accounted for.",
            Kind.EQUIPMENT: "The second handset is back at the Trust.",
        },
    ),
}


def bring_in_leaving(cast: Cast, story: Story) -> None:
    """Let one organisation of a story give notice five weeks ago, and settle what is easy."""
    if story.slug not in LEAVES:
        return
    key, settled = LEAVES[story.slug]
    member = cast.members[story.slug, key]
    with on_day(-35) as moment:
        member = move_member(
            member=member,
            to=PartnershipMember.State.ON_NOTICE,
            by=cast.coordinator,
            leaves_on=day(25).date(),
            today=moment.date(),
        )
    for kind, note in settled.items():
        with on_day(-4) as moment:
            settle_exit_step(member=member, kind=kind.value, by=cast.coordinator, note=note, today=moment.date())

"""Standing behind a goal as decisions: answers on the five steps, and when a goal may be adopted (R-G7, R-G8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.workdays import workdays_after
from partnerships.models import Position
from partnerships.rules.severity import Finding

SHORTEST_COMMENT = 10
# From here on somebody can live with it.
SUPPORTING = Position.CAN_LIVE_WITH_IT
DISSENTING = (Position.NOT_YET, Position.OBJECTION)
TONES: dict[int | None, str] = {5: "ok", 4: "ok", 3: "info", 2: "soon", 1: "late", None: "idle"}
NO_ANSWER = gettext_lazy("No answer")
# Cells of a table hold a word, the page below it the sentence.
SHORT = {
    5: gettext_lazy("Actively"),
    4: gettext_lazy("With remarks"),
    3: gettext_lazy("Can live with it"),
    2: gettext_lazy("Not yet"),
    1: gettext_lazy("Objects"),
}


@dataclass(frozen=True)
class Asked:
    """What counts when a goal is to be adopted.

    ``members`` are the positions of all members, None for no answer and for who was not asked yet; ``voices`` those
    of groups of people affected. ``asked_on`` is the day the last of the members was asked, None while one was not.
    """

    members: Sequence[int | None]
    voices: Sequence[int | None]
    asked_on: date | None

    @property
    def supporters(self) -> int:
        """How many members can live with it or more."""
        return sum(is_supporting(position) for position in self.members)

    @property
    def answered(self) -> int:
        """How many members gave an answer."""
        return sum(position is not None for position in self.members)


def is_supporting(position: int | None) -> bool:
    """Whether a position carries a goal; silence never does."""
    return position is not None and position >= SUPPORTING


def answer_problems(*, position: int, comment: str) -> dict[str, str | Promise]:
    """What is missing from an answer, by field: an objection says why, a "not yet" what should change."""
    if position not in Position.values:
        return {"position": _("Choose one of the five positions.")}
    if len(comment.strip()) >= SHORTEST_COMMENT:
        return {}
    if position == Position.OBJECTION:
        return {"comment": _("Write why: the others need your reason to answer it.")}
    if position == Position.NOT_YET:
        return {"comment": _("Write which changes would bring you on board.")}
    return {}


def adoption_findings(asked: Asked | None, *, days: int, share: Fraction, voices: int, today: date) -> list[Finding]:
    """What keeps a goal from being adopted as the partners agreed (R-G8); ``asked`` is None before anybody was."""
    if asked is None:
        return [Finding("R-G8-asked", _("The partners have not been asked yet where they stand."))]
    found = [
        _days(asked, days=days, today=today),
        _objections(asked),
        _share(asked, share=share),
        _voices(asked, voices=voices),
    ]
    return [finding for finding in found if finding]


def suggestion_findings(waiting: int) -> list[Finding]:
    """What keeps a goal from being adopted while suggestions for it wait for an answer."""
    if not waiting:
        return []
    words = ngettext(
        "%(number)d suggestion for it waits for an answer.",
        "%(number)d suggestions for it wait for an answer.",
        waiting,
    )
    return [Finding("goal suggestions", words % {"number": waiting})]


def _days(asked: Asked, *, days: int, today: date) -> Finding | None:
    if asked.asked_on is None:
        return Finding("R-G8-asked", _("Not all members have been asked yet."))
    until = workdays_after(asked.asked_on, days)
    if today >= until:
        return None
    words = _("The partners have until %(day)s to answer.")
    return Finding("R-G8-days", words % {"day": date_format(until, "DATE_FORMAT")})


def _objections(asked: Asked) -> Finding | None:
    against = sum(position == Position.OBJECTION for position in [*asked.members, *asked.voices])
    return Finding("R-G8-objection", _("Somebody objects. Talk about the reason first.")) if against else None


def _share(asked: Asked, *, share: Fraction) -> Finding | None:
    total = len(asked.members)
    if total and asked.supporters >= share * total:
        return None
    words = _("%(supporters)s of %(total)s members can live with it; %(needed)s are needed. No answer is not a yes.")
    needed = -(-share.numerator * total // share.denominator)
    return Finding("R-G8-share", words % {"supporters": asked.supporters, "total": total, "needed": max(needed, 1)})


def _voices(asked: Asked, *, voices: int) -> Finding | None:
    if sum(is_supporting(position) for position in asked.voices) >= voices:
        return None
    return Finding("R-G8-voice", _("No voice of the people affected stands behind it yet."))

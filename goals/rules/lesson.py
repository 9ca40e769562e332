"""The life of a lesson: written down, checked, shared, applied."""

from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.membership import ALLOWED, Verdict
from goals.models import Lesson
from partnerships.rules.severity import Finding, blocking

State = Lesson.State
TONES = {State.CAPTURED: "draft", State.CHECKED: "now", State.SHARED: "ok", State.APPLIED: "done"}
MOST_TAGS = 8
LONGEST_TAG = 40


def can_change_lesson(*, state: str) -> Verdict:
    """Whether its words may still be changed: until somebody checked them."""
    if state != State.CAPTURED:
        return Verdict(False, _("This lesson was checked: its words stay as they are."))
    return ALLOWED


def findings_for_check(*, is_author: bool) -> list[Finding]:
    """What is not as it should be when somebody checks a lesson."""
    if is_author:
        return [Finding("lesson checked by another", _("Let somebody who did not write it check it."))]
    return []


def can_check_lesson(*, state: str, is_author: bool, mode: str) -> Verdict:
    """Whether a lesson can be checked by somebody."""
    if state != State.CAPTURED:
        return Verdict(False, _("This lesson was checked already."))
    stops = blocking(findings_for_check(is_author=is_author), mode)
    return Verdict(False, stops[0].message) if stops else ALLOWED


def can_share_lesson(*, state: str) -> Verdict:
    """Whether it is time to share a lesson."""
    if state != State.CHECKED:
        return Verdict(False, _("A lesson is shared once somebody has checked it."))
    return ALLOWED


def can_apply_lesson(*, state: str) -> Verdict:
    """Whether one may say where a lesson was applied; again for another place."""
    if state not in {State.SHARED, State.APPLIED}:
        return Verdict(False, _("A lesson is applied once it has been shared."))
    return ALLOWED


def most_visible_before_sharing(cap: Visibility) -> Visibility:
    """How far a lesson is seen that nobody has checked and shared."""
    return min(cap, Visibility.PARTNERS)


def tags_in(text: str) -> list[str]:
    """The tags of a line of words with commas between them: small letters, each once, eight at most."""
    words = (" ".join(part.split()).casefold()[:LONGEST_TAG] for part in text.split(","))
    return list(dict.fromkeys(word for word in words if word))[:MOST_TAGS]

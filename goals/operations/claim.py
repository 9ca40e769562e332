"""Claiming a part in a result, and looking at what else could explain it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import AuditEvent, User
from core.operations.audit import record
from core.operations.levels import require_meant
from core.rules.bilingual import LANGUAGES
from goals.models import ClaimAlternative, ContributionClaim, Goal
from goals.queries.claim import claim_sheet
from goals.rules.claim import Strength
from goals.rules.claim_words import too_strong

CLAIM_KEYS = {"tenant", "goal", "made_by"}
ALTERNATIVE_KEYS = {"tenant", "claim", "examined_by"}
MOST_ALTERNATIVES = 20


class ClaimRefusedError(Exception):
    """The claim cannot be changed so; the message says why."""


@transaction.atomic
def make_claim(*, goal: Goal, by: User | None, **fields: Any) -> ContributionClaim:
    """Claim a part in a result of a goal.

    Raises ValidationError without a result, and for words stronger than what is shown (R-I11).
    """
    claim = ContributionClaim(goal=goal, made_by=by)
    _write(claim, fields)
    record("claim.made", claim, by=by, scope_id=goal.partnership.scope_id, changes={"goal": goal.number})
    return claim


@transaction.atomic
def change_claim(*, claim: ContributionClaim, by: User, **fields: Any) -> ContributionClaim:
    """Reword a claim or show more for it. Whoever writes in it no longer counts as somebody else who examined.

    Raises ValidationError as ``make_claim``.
    """
    locked = _locked(claim)
    require_meant(locked, fields)
    locked.alternatives.filter(examined_by=by).update(is_by_another=False)
    _write(locked, fields)
    changes = {"fields": sorted(fields)}
    record("claim.changed", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def withdraw_claim(*, claim: ContributionClaim, by: User) -> None:
    """Take a claim back, with the explanations that were looked at; frozen reports keep what they said.

    Refuses one that the words of a noted change lean on (ClaimRefusedError).
    """
    locked = _locked(claim)
    if any(
        too_strong(getattr(change, f"our_part_{language}"), Strength.OBSERVED_ALONGSIDE)
        for change in locked.changes.all()
        for language in LANGUAGES
    ):
        raise ClaimRefusedError(_("A noted change leans on this claim. Soften its words about our part first."))
    locked.changes.update(claim=None)
    record("claim.withdrawn", locked, by=by, scope_id=locked.goal.partnership.scope_id)
    locked.alternatives.all().delete()
    locked.delete()


@transaction.atomic
def add_alternative(*, claim: ContributionClaim, text: str, by: User) -> ClaimAlternative:
    """Name something else that could explain the result. Refuses more than twenty (ClaimRefusedError)."""
    locked = _locked(claim)
    if locked.alternatives.count() >= MOST_ALTERNATIVES:
        raise ClaimRefusedError(_("Twenty other explanations are enough."))
    alternative = ClaimAlternative(claim=locked, text=text.strip())
    alternative.clean_fields(exclude=ALTERNATIVE_KEYS)
    alternative.save()
    record("claim.alternative_named", locked, by=by, scope_id=locked.goal.partnership.scope_id)
    return alternative


@transaction.atomic
def examine_alternative(
    *, alternative: ClaimAlternative, outcome: str, reason: str, by: User, today: date
) -> ClaimAlternative:
    """Say what was found about another explanation, and how that is known; a later look replaces an earlier one.

    Counts as examined by somebody else unless the person wrote in the claim (R-I12). Refuses an outcome that makes
    the claim's own words too strong (ClaimRefusedError); raises ValidationError without outcome or reason.
    """
    claim = _locked(alternative.claim)
    locked = ClaimAlternative.objects.select_for_update().get(pk=alternative.pk)
    if outcome not in ClaimAlternative.Outcome.values:
        raise ValidationError({"outcome": _("Choose what you found.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write how you know.")})
    locked.outcome, locked.reason = outcome, reason.strip()
    locked.examined_by, locked.examined_on = by, today
    locked.is_by_another = not _wrote(by, claim)
    locked.clean_fields(exclude=ALTERNATIVE_KEYS)
    locked.save()
    _require_words(claim)
    changes = {"outcome": outcome, "by_another": locked.is_by_another}
    record("claim.alternative_examined", claim, by=by, scope_id=claim.goal.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def remove_alternative(*, alternative: ClaimAlternative, by: User) -> None:
    """Take another explanation out. Refuses when the claim's own words were too strong then (ClaimRefusedError)."""
    claim = _locked(alternative.claim)
    ClaimAlternative.objects.filter(pk=alternative.pk).delete()
    _require_words(claim)
    record("claim.alternative_removed", claim, by=by, scope_id=claim.goal.partnership.scope_id)


def _wrote(person: User, claim: ContributionClaim) -> bool:
    changed = AuditEvent.objects.filter(subject_id=claim.pk, verb="claim.changed", actor=person)
    return claim.made_by_id == person.pk or changed.exists()


def _write(claim: ContributionClaim, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(claim, name, value)
    if not claim.result_en.strip() and not claim.result_it.strip():
        raise ValidationError({"result": _("Write what was observed.")})
    claim.visibility = capped(
        Visibility(claim.visibility), cap=min(Visibility(claim.goal.visibility), _cap_of(claim.goal))
    )
    claim.clean_fields(exclude=CLAIM_KEYS)
    claim.save()
    if found := _words_too_strong(claim):
        raise ValidationError(found)
    if said := _leaning_change(claim):
        raise ValidationError(said)


def _cap_of(goal: Goal) -> Visibility:
    return Visibility(goal.partnership.visibility)


def _words_too_strong(claim: ContributionClaim) -> dict[str, list[str]]:
    """By field, a hint for each word that the claim as it stands now cannot bear (R-I11)."""
    strength = claim_sheet(claim).strength
    found = {}
    for language in LANGUAGES:
        name = f"result_{language}"
        hints = [one.hint(strength, language) for one in too_strong(getattr(claim, name), strength)]
        if hints:
            found[name] = hints
    return found


def _require_words(claim: ContributionClaim) -> None:
    if found := _words_too_strong(claim):
        first = found.get(f"result_{(get_language() or 'en')[:2]}") or next(iter(found.values()))
        said = _("Soften the words of the claim first.")
        raise ClaimRefusedError(f"{said} {first[0]}")
    if said := _leaning_change(claim):
        raise ClaimRefusedError(said)


def _leaning_change(claim: ContributionClaim) -> str:
    """Which noted change says more than the claim as it stands now can bear; empty when none does."""
    strength = claim_sheet(claim).strength
    for change in claim.changes.order_by("number"):
        if any(too_strong(getattr(change, f"our_part_{language}"), strength) for language in LANGUAGES):
            return _("Soften the words about our part in “%(change)s” first.") % {"change": change.what}
    return ""


def _locked(claim: ContributionClaim) -> ContributionClaim:
    rows = ContributionClaim.objects.select_for_update(of=("self",)).select_related("goal__partnership")
    return rows.get(pk=claim.pk)

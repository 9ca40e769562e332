"""How hard each rule is in which mode, in one place (design: light turns most blocking rules into warnings)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership

Mode = Partnership.Mode


class Severity(StrEnum):
    """A closed gate that blocks is passed only with a written reason; one that warns is only told."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Hardness:
    """How hard one condition is for a light and for a full partnership."""

    light: Severity
    full: Severity

    def in_mode(self, mode: str) -> Severity:
        """Its severity in a mode."""
        return self.light if mode == Mode.LIGHT else self.full


@dataclass(frozen=True)
class Rule:
    """One condition people meet on their way: in words, and how hard it is in each mode."""

    label: str | Promise
    hardness: Hardness


USUAL = Hardness(light=Severity.WARNS, full=Severity.BLOCKS)
# Three volunteers need a sentence before they need anything else.
ALWAYS = Hardness(light=Severity.BLOCKS, full=Severity.BLOCKS)
# Worth telling, never worth stopping for.
NEVER = Hardness(light=Severity.WARNS, full=Severity.WARNS)
# By the number of a rule in the domain, or a name where it has none, in the order people come across them.
RULES: dict[str, Rule] = {
    "R-A1": Rule(_("An agreement opened for signing has every clause its subject needs"), USUAL),
    "R-A1 own text": Rule(_("A text of the partners' own is read for all it needs before it is signed"), USUAL),
    "R-A2": Rule(_("Nothing is left to fill in when an agreement is opened for signing"), NEVER),
    "R-T3": Rule(_("Each result has one organisation that answers for it and one that does the work"), USUAL),
    "R-T4": Rule(_("Who answers for a result has signed the agreement in force"), USUAL),
    "R-T4 before signing": Rule(_("Who answers for a result will have signed, before there is an agreement"), NEVER),
    "R-T6": Rule(_("Not more than a few organisations are asked before anything happens"), NEVER),
    "R-T10 promise": Rule(_("A promise written down by others counts once its organisation confirms it"), USUAL),
    # An agenda longer than its meeting cannot be kept by anybody.
    "R-C1-length": Rule(_("An agenda is not longer than its meeting"), ALWAYS),
    "R-C1-paper": Rule(_("What is to be decided has something to read before"), USUAL),
    "R-C1-days": Rule(_("The agenda of a steering group goes out five working days before"), USUAL),
    "R-C2": Rule(_("A promise in the minutes has an owner, a date and an expected result"), USUAL),
    # Late minutes are better than none.
    "R-C3-late": Rule(_("Minutes go round within five working days"), NEVER),
    "R-C7": Rule(_("What is decided about residents is told to them, or it is written why not"), USUAL),
    "R-C8": Rule(_("A decision is taken in a way the agreement allows"), USUAL),
    "R-E15": Rule(_("What was done for residents rests on a task, a decision or a milestone"), USUAL),
    "R-G3": Rule(_("A new version of a goal rests on a decision"), USUAL),
    "R-G8-asked": Rule(_("The partners are asked before a goal is adopted"), USUAL),
    "R-G8-days": Rule(_("They have ten working days, or as many as the agreement says"), USUAL),
    "R-G8-objection": Rule(_("No partner objects to a goal that is adopted"), USUAL),
    "R-G8-share": Rule(_("Two thirds of the members, or what the agreement says, can live with it"), USUAL),
    "R-G8-voice": Rule(_("People affected by a goal have said where they stand"), USUAL),
    "goal suggestions": Rule(_("Every suggestion for a goal is answered before it is adopted"), USUAL),
    "R-G9": Rule(_("A goal off track twice in a row is reviewed before its target changes"), USUAL),
    "survey questions": Rule(_("A survey that people read has whole questions in each of its languages"), ALWAYS),
    "survey purpose": Rule(_("A survey says what it is for, which decisions it informs and whom it asks"), USUAL),
    "R-E17": Rule(_("Five people try a survey before it opens, or it is written why not"), USUAL),
    "R-E19": Rule(_("A random sample knows the list it is drawn from"), ALWAYS),
    "survey report back": Rule(_("A survey says by when people hear what became of it"), USUAL),
    "survey checked": Rule(_("Odd answers to a survey are looked at before they count"), USUAL),
    "survey words": Rule(_("What people wrote is read before results are published"), NEVER),
    "R-E23": Rule(_("Results of a survey are told within 60 days of closing"), NEVER),
    # People who answered were promised it.
    "survey reported back": Rule(_("A survey ends with what was learned and what becomes of it"), ALWAYS),
    "update approved by another": Rule(_("An update is approved by somebody who did not write it"), USUAL),
    "R-I2": Rule(_("Where people are counted once, it is said how nobody is counted twice"), USUAL),
    "period settled": Rule(_("Every value of a period is verified before the period is locked"), USUAL),
    "exit": Rule(_("Who leaves has settled the points of the checklist"), USUAL),
    "exit note": Rule(_("Each point of the checklist for leaving says in a few words how it was settled"), USUAL),
    "R-X1": Rule(_("Two people of different organisations to turn to remain when one of them leaves"), USUAL),
    "lesson checked by another": Rule(_("A lesson is checked by somebody who did not write it"), USUAL),
    "trend review first steps": Rule(_("A talk about a number begins with people and with where it goes"), USUAL),
    # Without a task there is nothing to agree on.
    "trend review tasks": Rule(_("A talk about a number ends with a task"), ALWAYS),
    # What people outside were promised holds in a small group as well.
    "R-S6": Rule(_("Raters want no less with a group than it was promised publicly"), ALWAYS),
    "R-E1": Rule(_("Whoever is asked something is told by when they hear what became of it"), USUAL),
    # A promise to people outside is kept by three volunteers as by a city.
    "R-E1-answer": Rule(_("An activity is closed once what came of it is told"), ALWAYS),
    # These protect people: three volunteers keep them like a city.
    "R-V1-insurance": Rule(_("No shift without insurance"), ALWAYS),
    "R-V1-check": Rule(_("Nobody works without the check the work asks for"), ALWAYS),
    "R-V1-training": Rule(_("Nobody works before the training the work asks for"), ALWAYS),
    "R-V1-agreement": Rule(_("Nobody works before the agreement the work asks for"), ALWAYS),
    "R-V3-age": Rule(_("A minor does no work that is for adults"), ALWAYS),
    "R-V3-consent": Rule(_("A minor works with a parent's or guardian's consent"), ALWAYS),
    "R-V3-hours": Rule(_("A minor works few hours a day"), ALWAYS),
    "R-V3-alone": Rule(_("A minor never works alone"), ALWAYS),
    "R-V4": Rule(_("Two adults are there where minors or people at risk are met regularly"), ALWAYS),
    "R-E2": Rule(_("Where nothing is open, an activity only tells"), USUAL),
    "R-E3": Rule(_("An activity is announced fourteen days before"), USUAL),
    "R-M1": Rule(_("A post is approved by somebody who did not write it"), USUAL),
    "R-M2": Rule(_("Nobody can be recognised in a post without their consent"), ALWAYS),
    "R-M2-guardian": Rule(_("For a minor in a post a parent or guardian agreed"), ALWAYS),
    "post alt text": Rule(_("A picture is described for those who do not see it"), ALWAYS),
    "clause 25": Rule(_("A partner named in a post agreed to it, in the agreement or for this post"), USUAL),
    "clause 25 logo": Rule(_("A logo in a post is there with its owner's consent"), USUAL),
    "clause 25 without agreement": Rule(
        _("Without an agreement in force partners are asked before a post names them"), NEVER
    ),
    "post languages": Rule(_("A post speaks each language of the plan"), NEVER),
    "post length": Rule(_("A post is no longer than its channel takes"), NEVER),
    "trend review free idea": Rule(_("A talk about a number looks for an idea that costs nothing or little"), USUAL),
}
# Gates, by their code, that are not as usual.
GATES: dict[str, Hardness] = {"purpose": ALWAYS}


def severity_of(code: str, mode: str) -> Severity:
    """How hard a gate or rule is for a partnership of a mode."""
    return hardness_of(code).in_mode(mode)


def hardness_of(code: str) -> Hardness:
    """How hard a gate or rule is in each mode."""
    return RULES[code].hardness if code in RULES else GATES.get(code, USUAL)


@dataclass(frozen=True)
class Finding:
    """What a rule does not like, in words that say what to do. ``code`` is the rule's number or the gate's code."""

    code: str
    message: str | Promise


def blocking(findings: Iterable[Finding], mode: str) -> list[Finding]:
    """The findings that stop a partnership of a mode; the others are only told."""
    return [finding for finding in findings if severity_of(finding.code, mode) == Severity.BLOCKS]

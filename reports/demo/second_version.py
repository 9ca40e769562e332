"""A second version in the demo: half signed after a talk about the draft, or in force until a goal it names changed."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from goals.models import Goal
from partnerships.models import AgreementClause, AgreementVersion, ClauseRequest, Partnership, Signature
from partnerships.operations.agreement import (
    change_agreement_terms,
    draft_next_version,
    share_agreement_for_review,
)
from partnerships.operations.agreement_annex import add_annex
from partnerships.operations.agreement_clause import add_clause, change_clause
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.clause_request import answer_clause_request, make_clause_request
from partnerships.operations.signature import note_viewed
from reports.demo.agreements import accept_for, bring_scan_for
from reports.demo.clock import day, on_day
from reports.demo.endorsement import Looked, bring_in_review
from reports.demo.people import Cast
from reports.demo.story import Story
from reports.demo.work import acting


@dataclass(frozen=True)
class Change:
    """What a second version changes, what a partner asked for, and who signed it already."""

    summary: str
    leaving: str
    own_title: str
    own_text: str
    asks: str
    asked: str
    answer: str
    signed: tuple[str, ...]


CHANGES = {
    "vicini-di-casa": Change(
        summary="Obiettivi e risorse scritti per esteso; preavviso di tre mesi; trasporti",
        leaving="Una parte può recedere per iscritto con tre mesi di preavviso, e mai prima di aver passato a un'altra"
        " parte le persone che segue. Rende ciò che tiene per gli altri e avvisa le persone che seguiva.",
        own_title="Trasporti",
        own_text="Chi accompagna una persona in auto lo annota nel registro dei viaggi. Le spese di viaggio si"
        " rimborsano ogni mese.",
        asks="argento",
        asked="Sessanta giorni non bastano per trovare altri volontari: chiediamo tre mesi.",
        answer="Giusto: la clausola ora dice tre mesi.",
        signed=("filoteso", "argento"),
    ),
    "first-job": Change(
        summary="Goals and means in full; three months' notice; travel",
        leaving="A party may leave with three months' notice in writing, and never before its students have another"
        " host. It gives back what it holds for the others, and tells the people it served.",
        own_title="Travel",
        own_text="Bus tickets of students are paid back every month, on showing them at the school office.",
        asks="bakery",
        asked="Sixty days are too short to find another host in the middle of a term. Could it be three months?",
        answer="Yes. The clause says three months now.",
        signed=("academy", "bakery"),
    ),
}


@dataclass(frozen=True)
class InForce:
    """What a second version everybody signed says, and which goal it names has another target since."""

    summary: str
    goal: str
    looked: Looked


IN_FORCE = {
    "scuola-lavoro": InForce(
        "Obiettivi e risorse scritti per esteso",
        "Good placements for most students",
        Looked(
            -12,
            "adjust_target",
            "104 studenti su 178: il valore concordato è vicino.",
            "Tre sedi nuove hanno aperto venti posti in più.",
            "Gli studenti del serale chiedono di poter partecipare.",
            target="70",
            decision="Esperienze in azienda: 70 studenti su 100 entro la fine",
            reason="Le sedi nuove hanno posto, e il serale chiede di entrare.",
        ),
    ),
    "good-neighbours": InForce(
        "Goals and means in full",
        "Faster first help",
        Looked(
            -12,
            "adjust_target",
            "From 16 days to 10.",
            "The surgery has no second nurse before the summer.",
            "People say a call back on the same day matters more than a visit.",
            target="7",
            decision="First help within 7 days, not 5",
            reason="Five days need a second nurse, who comes in summer.",
        ),
    ),
}


# A file that belongs to the second version: what it is called, its name, what it says.
ANNEX = {
    "it": (
        "Regole per l'uso degli spazi",
        "regole-spazi.txt",
        "Chi apre chiude. Chi usa riordina. Le chiavi stanno in biblioteca.\n",
    ),
    "en": (
        "House rules for shared rooms",
        "house-rules.txt",
        "Who opens locks up. Who uses tidies up. The keys are with the caretaker.\n",
    ),
}


def bring_in_changed_goal(cast: Cast, story: Story, partnership: Partnership) -> None:
    """A second version that names the goals, signed by everybody, one on paper; then one of the goals gets another target."""
    told = IN_FORCE.get(story.slug)
    if told is None:
        return
    first = AgreementVersion.objects.get(agreement__partnership=partnership, number=1)
    with on_day(-40):
        draft = draft_next_version(version=first, by=cast.coordinator, change_summary=told.summary)
        for code in ("goals", "contributions"):
            change_clause(clause=_clause(draft, code), body="", by=cast.coordinator)
        draft = change_agreement_terms(version=draft, valid_from=day(-35).date(), by=cast.coordinator)
    with on_day(-36):
        members = [cast.members[story.slug, key] for key, _role in story.members]
        draft = open_agreement_for_signing(version=draft, members=members, by=cast.coordinator)
    for position, (key, _role) in enumerate(story.members):
        # The last one, a public body, signs on paper as it is used to.
        bring = bring_scan_for if position == len(story.members) - 1 else accept_for
        bring(cast, story, draft, key, on=-35 + position)
    aim = next(aim for aim in story.goals if aim.title_en == told.goal)
    goal = Goal.objects.get(partnership=partnership, title_en=told.goal)
    bring_in_review(cast, story, goal, aim, told.looked, stands={})


def bring_in_second_version(cast: Cast, story: Story, partnership: Partnership) -> None:
    """Draft, discuss and open the second version of a story that has one; some have signed it."""
    change = CHANGES.get(story.slug)
    if change is None:
        return
    first = AgreementVersion.objects.get(agreement__partnership=partnership, number=1)
    with on_day(-16):
        draft = draft_next_version(version=first, by=cast.coordinator, change_summary=change.summary)
        for code in ("goals", "contributions"):
            change_clause(clause=_clause(draft, code), body="", by=cast.coordinator)
        draft = share_agreement_for_review(version=draft, by=cast.coordinator)
    with on_day(-13):
        asked = make_clause_request(
            version=draft,
            member=cast.members[story.slug, change.asks],
            by=acting(cast.who_commits(change.asks)),
            wish=ClauseRequest.Wish.CHANGE,
            clause_code="leaving",
            text=change.asked,
        )
    with on_day(-11):
        change_clause(clause=_clause(draft, "leaving"), body=change.leaving, by=cast.coordinator)
        draft = change_agreement_terms(version=draft, notice_days=90, by=cast.coordinator)
        add_clause(version=draft, title=change.own_title, body=change.own_text, by=cast.coordinator)
        title, name, content = ANNEX[cast.space.language]
        upload = SimpleUploadedFile(name, content.encode(), "text/plain")
        add_annex(version=draft, title=title, upload=upload, by=cast.coordinator)
        answer_clause_request(remark=asked, answer="taken", reason=change.answer, by=cast.coordinator)
    with on_day(-6):
        members = [cast.members[story.slug, key] for key, _role in story.members]
        # Who offered most signs first; the others are asked when these have.
        first_ones = {cast.members[story.slug, key].pk for key in change.signed}
        steps = {member.pk: 1 if member.pk in first_ones else 2 for member in members}
        draft = open_agreement_for_signing(version=draft, members=members, orders=steps, by=cast.coordinator)
    for position, key in enumerate(change.signed):
        accept_for(cast, story, draft, key, on=-5 + position)
    waiting = Signature.objects.filter(version=draft, state=Signature.State.REQUESTED).order_by("order", "id").first()
    if waiting is not None:
        key = next(key for key, _role in story.members if cast.members[story.slug, key].pk == waiting.member_id)
        with on_day(-1):
            note_viewed(signature=waiting, by=acting(cast.who_commits(key)))


def _clause(version: AgreementVersion, code: str) -> AgreementClause:
    return AgreementClause.objects.select_related("version").get(version=version, code=code)

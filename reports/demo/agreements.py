"""Agreements of the demo: written, opened for signing, accepted by those who did."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.models import (
    AgreementClause,
    AgreementVersion,
    DecisionMethod,
    DecisionSubject,
    Partnership,
    Signature,
)
from partnerships.operations.agreement import change_agreement_terms, compose_agreement
from partnerships.operations.agreement_clause import change_clause
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.signature import accept_agreement, record_signed_file
from partnerships.queries.kit import clauses_for
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story
from reports.demo.work import acting

# What these clauses say before the goals and the means were written down here.
FIRST_WORDS = {
    "it": {
        "goals": "Perseguiamo gli obiettivi che fissiamo insieme nel primo mese, ognuno con un indicatore, un valore da"
        " raggiungere e una data.",
        "contributions": "Ogni parte mette tempo di lavoro e spazi; chi mette denaro lo scrive nel piano. Ciò che è dato"
        " in natura non si somma mai al denaro.",
    },
    "en": {
        "goals": "We pursue the goals we set together in the first month, each with an indicator, a target and a date.",
        "contributions": "Each party brings working time and rooms; who brings money writes it in the plan. What is"
        " given in kind is never added to cash.",
    },
}
CAPACITY = {"it": "legale rappresentante", "en": "authorised representative"}


def bring_in_agreement(cast: Cast, story: Story, partnership: Partnership) -> AgreementVersion | None:
    """Write the agreement of a story and let those accept who did; with all of them it is in force."""
    if not story.agreement:
        return None
    language = cast.space.language
    with on_day(story.started + 3):
        version = compose_agreement(
            partnership=partnership,
            title=story.agreement,
            clauses=clauses_for(partnership),
            language=language,
            by=cast.coordinator,
        )
        for code, body in FIRST_WORDS[language].items():
            clause = AgreementClause.objects.select_related("version").get(version=version, code=code)
            change_clause(clause=clause, body=body, by=cast.coordinator)
        if law := AgreementClause.objects.select_related("version").filter(version=version, code="law").first():
            change_clause(clause=law, is_on=True, by=cast.coordinator)
        version = change_agreement_terms(
            version=version,
            by=cast.coordinator,
            valid_from=day(story.started + 12).date(),
            valid_to=day(story.started + 742).date(),
            review_on=day(story.started + 377).date(),
            renewal=AgreementVersion.Renewal.BY_DECISION,
            notice_days=60,
            quorum_percent=60,
            decision_methods=[DecisionMethod.CONSENT, DecisionMethod.QUALIFIED_MAJORITY],
            methods_by_subject={DecisionSubject.MEMBERS.value: [DecisionMethod.CONSENSUS.value]},
        )
    with on_day(story.started + 5):
        everybody = [cast.members[story.slug, key] for key, _role in story.members]
        version = open_agreement_for_signing(version=version, members=everybody, by=cast.coordinator)
    for position, key in enumerate(story.signed):
        accept_for(cast, story, version, key, on=story.started + 6 + position)
    return version


def accept_for(cast: Cast, story: Story, version: AgreementVersion, key: str, *, on: int) -> None:
    """Let the person who commits for an organisation accept a version on a day."""
    person = cast.who_commits(key)
    with on_day(min(on, -1)) as moment:
        accept_agreement(
            signature=Signature.objects.get(version=version, member=cast.members[story.slug, key]),
            by=acting(person),
            name=person.name,
            capacity=CAPACITY[cast.space.language],
            authority=Signature.Authority.LEGAL,
            hash_seen=version.text_sha256,
            today=moment.date(),
        )


def bring_scan_for(cast: Cast, story: Story, version: AgreementVersion, key: str, *, on: int) -> None:
    """Let coordination bring the paper an organisation signed, on a day."""
    name = cast.who_commits(key).name
    with on_day(min(on, -1)) as moment:
        record_signed_file(
            signature=Signature.objects.get(version=version, member=cast.members[story.slug, key]),
            upload=_scan(f"{story.agreement} · v{version.number}", version.text_sha256, name),
            method=Signature.Method.PAPER_SCAN,
            by=cast.coordinator,
            name=name,
            capacity=CAPACITY[cast.space.language],
            authority=Signature.Authority.LEGAL,
            today=moment.date(),
        )


def _scan(title: str, fingerprint: str, name: str) -> SimpleUploadedFile:
    """The last page of an agreement as a scanner gives it back, signed by hand."""
    from PIL import Image, ImageDraw, ImageFont

    paper = Image.new("L", (620, 877), 246)
    draw = ImageDraw.Draw(paper)
    large, small = ImageFont.load_default(22), ImageFont.load_default(12)
    draw.text((60, 70), title, fill=40, font=large)
    for line, part in enumerate((f"SHA-256 {fingerprint[:32]}", f"{fingerprint[32:]}")):
        draw.text((60, 120 + 20 * line), part, fill=90, font=small)
    draw.line((60, 700, 340, 700), fill=120)
    draw.text((60, 710), name, fill=60, font=small)
    points = [(70 + 9 * step, 670 + (-1) ** step * (6 + 17 * step % 22)) for step in range(26)]
    draw.line(points, fill=70, width=3, joint="curve")
    target = io.BytesIO()
    paper.rotate(0.6, fillcolor=228).save(target, "JPEG")
    return SimpleUploadedFile("scan.jpg", target.getvalue())

"""Agreements of the demo: written, opened for signing, accepted by those who did."""

from partnerships.models import AgreementVersion, Partnership, Signature
from partnerships.operations.agreement import change_agreement_text, draft_agreement
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.signature import accept_agreement
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story
from reports.demo.work import acting

TEXT = {
    "it": """## 1. Parti e scopo

Le parti collaborano a **{name}**: {purpose}

## 2. Chi fa che cosa

Ogni parte svolge i compiti che ha accettato, nei tempi concordati, e avvisa appena un tempo non può essere rispettato.

## 3. Decisioni e incontri

Le parti si incontrano ogni sei settimane. Si decide per consenso senza obiezioni; chi dissente può farlo scrivere.

## 4. Dati personali e tutela

Si raccolgono solo i dati necessari. Nessun dato di singole persone entra nei rapporti.

## 5. Ascolto dei residenti

Ogni tema posto dai residenti riceve una risposta pubblica, anche quando è negativa.

## 6. Durata, revisione, recesso

L'accordo dura due anni, è rivisto ogni anno e ogni parte può recedere con un preavviso di sessanta giorni.
""",
    "en": """## 1. Parties and purpose

The parties work together on **{name}**: {purpose}

## 2. Who does what

Each party does the tasks it accepted, by the agreed dates, and says so as soon as a date cannot be kept.

## 3. Decisions and meetings

The parties meet every six weeks. They decide when nobody has a reasoned objection; whoever disagrees may have it written down.

## 4. Personal data and safeguarding

Only what is needed is collected. No single person's data enters a report.

## 5. Listening to residents

Every theme raised by residents gets a public answer, also when the answer is no.

## 6. Term, review, withdrawal

The agreement runs for two years, is reviewed each year, and a party may leave with sixty days' notice.
""",
}
CAPACITY = {"it": "legale rappresentante", "en": "authorised representative"}


def bring_in_agreement(cast: Cast, story: Story, partnership: Partnership) -> AgreementVersion | None:
    """Write the agreement of a story and let those accept who did; with all of them it is in force."""
    if not story.agreement:
        return None
    language = cast.space.language
    text = TEXT[language].format(name=story.name, purpose=story.purpose)
    with on_day(story.started + 3):
        version = draft_agreement(
            partnership=partnership, title=story.agreement, text=text, language=language, by=cast.coordinator
        )
        version = change_agreement_text(
            version=version,
            text=text,
            by=cast.coordinator,
            valid_from=day(story.started + 12).date(),
            valid_to=day(story.started + 742).date(),
            review_on=day(story.started + 377).date(),
        )
    with on_day(story.started + 5):
        everybody = [cast.members[story.slug, key] for key, _role in story.members]
        version = open_agreement_for_signing(version=version, members=everybody, by=cast.coordinator)
    for position, key in enumerate(story.signed):
        _accept(cast, story, version, key, after=6 + position)
    return version


def _accept(cast: Cast, story: Story, version: AgreementVersion, key: str, *, after: int) -> None:
    person = cast.who_commits(key)
    with on_day(min(story.started + after, -1)) as moment:
        accept_agreement(
            signature=Signature.objects.get(version=version, member=cast.members[story.slug, key]),
            by=acting(person),
            name=person.name,
            capacity=CAPACITY[cast.space.language],
            hash_seen=version.text_sha256,
            today=moment.date(),
        )

"""Open channels of the demo: questions on tasks, documents, a worry in private, updates and thanks."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.visibility import Visibility
from core.queries.viewer import viewer_for
from partnerships.models import Partnership, Representative, Task
from partnerships.operations.communication import (
    approve_update,
    publish_update,
    save_communication_line,
    write_update,
)
from partnerships.operations.partner_feedback import answer_partner_feedback, give_partner_feedback
from partnerships.operations.recognition import Thanks, answer_consent, give_thanks, publish_thanks, suggest_thanks
from partnerships.operations.shelf import put_on_shelf, renew_on_shelf
from partnerships.operations.thread import write_comment
from partnerships.operations.worry import acknowledge_worry, name_contacts, raise_worry
from partnerships.queries.thread import find_task
from reports.demo.clock import on_day
from reports.demo.people import Cast
from reports.demo.work import acting


@dataclass(frozen=True)
class Channels:
    """What was told and asked in one partnership of a language's space; members by their key in the cast."""

    slug: str
    task: str
    question: str
    answer: str
    asked: str
    contacts: tuple[str, str]
    worried: str
    worry: str
    paper: tuple[str, str]
    versions: tuple[str, str]
    line: tuple[str, str, str]
    title: str
    well: str
    not_well: str
    needs: str
    draft: tuple[str, str, str]
    thanked: str
    thanks: tuple[str, str]
    # What the organisation asked above says of working together: first with its answer, then what still waits.
    improve: tuple[str, str]
    grateful: str


CHANNELS = {
    "it": Channels(
        slug="scuola-lavoro",
        task="Preparare l'attestato delle competenze",
        question="Il modello della Regione va bene o ne serve uno nostro?",
        answer="Quello della Regione, con una riga in più per il tutor aziendale.",
        asked="istituto",
        contacts=("officine", "comune"),
        worried="istituto",
        worry="Due studenti dicono che nelle visite nessuno parla con loro. Non vorrei dirlo davanti a tutti.",
        paper=("Regole per l'accoglienza in azienda", "accoglienza.txt"),
        versions=(
            "Chi accoglie uno studente indica un tutor e un orario. Il primo giorno si fa il giro della sede.",
            "Chi accoglie uno studente indica un tutor e un orario. Il primo giorno si dice a chi rivolgersi.",
        ),
        line=("Famiglie degli studenti", "Sanno che cosa succede e chi chiamare", "Circolare e bacheca"),
        title="Che cosa è successo in autunno",
        well="Le visite di primavera si sono fatte tutte, e nove persone hanno detto di sì come mentori.",
        not_well="Il trasporto per le sedi fuori paese è fermo: manca il via libera dell'ufficio mobilità.",
        needs="Sei mentori, meglio se artigiani.",
        draft=(
            "Verso l'inverno",
            "Quattro aziende nuove hanno aperto le porte.",
            "Degli abiti da lavoro non risponde ancora nessuno.",
        ),
        thanked="caseificio",
        thanks=("Le visite di primavera", "Tre mattine con le porte aperte e una merenda per tutti: grazie."),
        improve=(
            "L'ordine del giorno arriva il giorno prima: a scuola non riusciamo a sentire i docenti.",
            "Avete ragione. D'ora in poi parte una settimana prima, e chi vuole aggiungere un punto lo scrive lì.",
        ),
        grateful="Il promemoria con il link è comodo: rispondiamo in un minuto, anche dal telefono.",
    ),
    "en": Channels(
        slug="first-job",
        task="Write to former students for mentors",
        question="Shall we write to the class of 2019 as well?",
        answer="Yes, three of them asked us themselves.",
        asked="academy",
        contacts=("boatyard", "council"),
        worried="academy",
        worry="Two students say nobody talks with them on placement. I would rather not say it in front of everybody.",
        paper=("House rules for placements", "house-rules.txt"),
        versions=(
            "Every host names a tutor and the hours. The first day begins with a walk around the place.",
            "Every host names a tutor and the hours. On the first day students hear whom to turn to.",
        ),
        line=("Parents of students", "They know what happens and whom to call", "Letter and notice board"),
        title="What happened this autumn",
        well="The spring placement round was done in time, and eleven former students answered.",
        not_well="Work clothes for twelve students are still only asked for.",
        needs="Two more hosts out of the harbour.",
        draft=("Towards the winter", "Four new hosts opened their doors.", "Nobody has said who pays for the vans."),
        thanked="bakery",
        thanks=("The early mornings", "Four o'clock starts with students at your side, and bread for the whole class."),
        improve=(
            "The agenda comes the day before: we cannot ask the teachers.",
            "You are right. From now on it goes out a week before, and whoever wants to add an item writes it there.",
        ),
        grateful="The reminder with the link is handy: we answer in a minute, on a phone too.",
    ),
}


def bring_in_channels(cast: Cast) -> None:
    """What people asked, shared, worried about, told and thanked each other for, in one partnership of the space."""
    told = CHANNELS[cast.space.language]
    partnership = cast.partnerships[told.slug]
    _ask(cast, partnership, told)
    _share(cast, partnership, told)
    _worry(cast, partnership, told)
    _tell(cast, partnership, told)
    _thank(cast, partnership, told)
    _say(cast, partnership, told)


def _say(cast: Cast, partnership: Partnership, told: Channels) -> None:
    """What one partner says of working together: one thing answered and shown to all, one waiting."""
    user = acting(cast.people[told.asked])
    words, answer = told.improve
    with on_day(-20) as moment:
        said = give_partner_feedback(
            partnership=partnership, about="process", wish="improve", text=words, by=user, may_be_shown=True,
            is_anonymous=True, today=moment.date(),
        )  # fmt: skip
    with on_day(-15):
        answer_partner_feedback(feedback=said, text=answer, by=cast.coordinator)
    with on_day(-3) as moment:
        give_partner_feedback(
            partnership=partnership, about="coordination", wish="thank", text=told.grateful, by=user,
            today=moment.date(),
        )  # fmt: skip


def _ask(cast: Cast, partnership: Partnership, told: Channels) -> None:
    task = Task.objects.get(partnership=partnership, title=told.task)
    person = cast.people[told.asked]
    if (subject := find_task(viewer_for(cast.coordinator), task.pk)) is None:
        return
    with on_day(-4):
        write_comment(subject=subject, text=told.question, by=cast.coordinator, ask=f"p:{person.pk}")
    with on_day(-3):
        write_comment(subject=subject, text=told.answer, by=person.user)


def _share(cast: Cast, partnership: Partnership, told: Channels) -> None:
    title, name = told.paper
    first, second = (SimpleUploadedFile(name, text.encode(), "text/plain") for text in told.versions)
    with on_day(-200):
        document = put_on_shelf(
            partnership=partnership, title=title, upload=first, by=cast.coordinator, coordinates=True
        )
    with on_day(-20):
        renew_on_shelf(document=document, upload=second, by=cast.coordinator)


def _worry(cast: Cast, partnership: Partnership, told: Channels) -> None:
    chosen = [
        Representative.objects.get(member=cast.members[told.slug, key], person=cast.people[key])
        for key in told.contacts
    ]
    with on_day(-300):
        contacts = name_contacts(
            partnership=partnership, representatives=[one.pk for one in chosen], by=cast.coordinator
        )
    contact = next(one for one in contacts if one.person_id == chosen[0].person_id)
    raiser, listener = cast.people[told.worried].user, chosen[0].person.user
    if raiser is None or listener is None:
        return
    with on_day(-9) as moment:
        worry = raise_worry(
            partnership=partnership, contact_id=contact.pk, text=told.worry, by=raiser, today=moment.date()
        )
    with on_day(-8):
        acknowledge_worry(worry=worry, by=listener)


def _tell(cast: Cast, partnership: Partnership, told: Channels) -> None:
    who, purpose, channel = told.line
    with on_day(-150):
        save_communication_line(
            partnership=partnership, by=cast.coordinator, audience=Visibility.PARTNERS, who=who, purpose=purpose,
            channel=channel, rhythm=Partnership.Rhythm.QUARTERLY,
        )  # fmt: skip
    with on_day(-16) as moment:
        update = write_update(
            partnership=partnership, by=cast.coordinator, title=told.title, went_well=told.well,
            not_going_well=told.not_well, needs=told.needs, visibility=Visibility.PUBLIC,
        )  # fmt: skip
        approve_update(update=update, by=cast.deputy)
        publish_update(update=update, by=cast.coordinator, today=moment.date())
    title, well, not_well = told.draft
    with on_day(-2):
        write_update(
            partnership=partnership, by=cast.coordinator, title=title, went_well=well, not_going_well=not_well,
            visibility=Visibility.PARTNERS,
        )  # fmt: skip


def _thank(cast: Cast, partnership: Partnership, told: Channels) -> None:
    reason, text = told.thanks
    member = cast.members[told.slug, told.thanked]
    with on_day(-50) as moment:
        thanks = suggest_thanks(
            partnership=partnership, to=f"m:{member.pk}", thanks=Thanks(reason, text), by=cast.coordinator
        )
        give_thanks(recognition=thanks, by=cast.coordinator, today=moment.date())
        answer_consent(recognition=thanks, agrees=True, by=None)
        publish_thanks(recognition=thanks, by=cast.coordinator, today=moment.date())

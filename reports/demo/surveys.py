"""Surveys of the demo: one whose results are told, one that people answer now, one still being written."""

import uuid
from collections.abc import Iterator
from typing import Any

from engagement.models import Survey, SurveyAnswer
from engagement.operations.survey import advance_survey, change_survey, create_survey
from engagement.operations.survey_question import write_questions
from engagement.operations.survey_response import Sent, send_answers
from engagement.operations.survey_words import add_subject, read_words, set_subjects
from engagement.queries.survey import current_version
from engagement.rules.survey_answer import Given, without_names
from engagement.rules.survey_form import Asked, Choice, Kind, Meaning, Nature
from partnerships.models import Partnership
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story

SLUGS = frozenset({"vicini-di-casa", "good-neighbours"})
DONT_KNOW = Choice("dk", "I don't know", "Non so", Meaning.DONT_KNOW)
PREFER_NOT = Choice("na", "I prefer not to say", "Preferisco non rispondere", Meaning.PREFER_NOT)
QUESTIONS = (
    Asked(
        "Q1",
        Kind.SINGLE,
        "Do you know whom to turn to when you need help at home?",
        "Sai a chi rivolgerti quando ti serve aiuto in casa?",
        options=(
            Choice("1", "Yes, to the desk of the quarter", "Sì, allo sportello del quartiere"),
            Choice("2", "Yes, to relatives or neighbours", "Sì, a parenti o vicini"),
            Choice("3", "No", "No"),
            DONT_KNOW,
        ),
    ),
    Asked(
        "Q2",
        Kind.RATING,
        "How easy was it to get an answer the last time?",
        "Quanto è stato facile avere una risposta l'ultima volta?",
        low_label_en="very hard",
        low_label_it="molto difficile",
        high_label_en="very easy",
        high_label_it="molto facile",
        options=(DONT_KNOW,),
        asked_after="Q1",
        asked_if=("1", "2"),
    ),
    Asked(
        "Q3",
        Kind.MULTI,
        "Which of these would help you most?",
        "Che cosa ti aiuterebbe di più?",
        options=(
            Choice("1", "Somebody who comes by once a week", "Qualcuno che passa una volta alla settimana"),
            Choice("2", "A telephone number that is answered in the evening", "Un numero a cui rispondono la sera"),
            Choice("3", "Help with forms", "Aiuto con i moduli"),
            Choice("4", "A lift to the doctor", "Un passaggio dal medico"),
            PREFER_NOT,
        ),
    ),
    Asked(
        "Q4",
        Kind.LONG,
        "What is missing in the quarter for people who live alone?",
        "Che cosa manca nel quartiere per chi vive da solo?",
        help_en="Please write no names.",
        help_it="Per favore non scrivere nomi.",
    ),
    Asked("S1", Kind.SECTION, "About you", "Su di te"),
    Asked(
        "Q5",
        Kind.SINGLE,
        "How old are you?",
        "Quanti anni hai?",
        options=(
            Choice("1", "Under 40", "Meno di 40"),
            Choice("2", "40 to 64", "Da 40 a 64"),
            Choice("3", "65 and older", "65 o più"),
            PREFER_NOT,
        ),
        nature=Nature.PERSONAL,
    ),
)
WORDS = (
    ("A bench on the way to the shop.", "Una panchina sulla strada per il negozio.", 0),
    ("Somebody to talk to on Sundays.", "Qualcuno con cui parlare la domenica.", 1),
    ("The evening bus stops too early.", "L'autobus della sera finisce troppo presto.", 0),
    ("Mrs. Keller used to visit, now nobody does.", "Prima veniva la Signora Colli, adesso nessuno.", 1),
    ("A lift that works in our house.", "Un ascensore che funziona nel nostro palazzo.", 0),
    ("A table where people play cards in the afternoon.", "Un tavolo dove il pomeriggio si gioca a carte.", 1),
    ("Pavements without holes: I no longer dare to go out in the rain.", "Marciapiedi senza buche: quando piove non mi fido più a uscire.", 0),
    ("Somebody who helps carry the shopping up to the third floor.", "Qualcuno che aiuti a portare la spesa al terzo piano.", 0),
    ("A lunch together once a month, like the parish used to have.", "Un pranzo insieme una volta al mese, come faceva la parrocchia.", 1),
    ("A dog sitter when I am in hospital. Nobody thinks of that.", "Chi tenga il cane quando sono in ospedale. A questo non pensa nessuno.", 1),
    ("Lamps on the path behind the school.", "Lampioni nel vialetto dietro la scuola.", 0),
    ("Neighbours who know each other's names.", "Vicini che si conoscano per nome.", 1),
    ("A bus stop with a roof.", "Una pensilina alla fermata.", 0),
    ("A phone call in the morning to ask whether all is well.", "Una telefonata la mattina per sapere se va tutto bene.", 1),
)  # fmt: skip
SUBJECTS = (("Getting about", "Muoversi"), ("Company", "Compagnia"))
TOLD = {
    "learned_en": (
        "Most people know whom to turn to, and half of those who do found an answer easily. A telephone that is answered "
        "in the evening is wanted most. People younger than 40 hardly answered: of them we know little."
    ),
    "learned_it": (
        "La maggior parte sa a chi rivolgersi, e metà di loro ha avuto facilmente una risposta. Si vuole soprattutto un "
        "numero a cui rispondono la sera. Chi ha meno di 40 anni ha risposto poco: di loro sappiamo poco."
    ),
    "became_en": (
        "From next month the desk answers until eight in the evening, twice a week. We cannot pay for lifts to the "
        "doctor; we pass this on to the health district and tell you what it says."
    ),
    "became_it": (
        "Dal mese prossimo lo sportello risponde fino alle venti, due volte alla settimana. I passaggi dal medico non "
        "possiamo pagarli: giriamo la richiesta al distretto sanitario e diciamo che cosa risponde."
    ),
}
ANSWERED, ANSWERING = 43, 11


def bring_in_surveys(cast: Cast, story: Story, partnership: Partnership) -> None:
    """The surveys of a partnership that asks its residents; nothing for the others."""
    if story.slug not in SLUGS:
        return
    told = _opened(cast, partnership, -95, _terms("Help close to home", "Un aiuto vicino a casa", last_day=-62))
    _answer(cast, told, ANSWERED, first_day=-94)
    _work_out(cast, told)
    terms = _terms("The desk in the evening", "Lo sportello di sera", last_day=16)
    now = _opened(cast, partnership, -9, {**terms, "previous_wave": told})
    _answer(cast, now, ANSWERING, first_day=-8)
    begun = create_survey(
        partnership=partnership,
        by=cast.coordinator,
        title_en="Summer in the quarter",
        title_it="L'estate nel quartiere",
    )
    write_questions(version=current_version(begun), questions=QUESTIONS[:2])


def _terms(title_en: str, title_it: str, *, last_day: int) -> dict[str, Any]:
    return {
        "title_en": title_en,
        "title_it": title_it,
        "intro_en": "You help us even if you never needed the desk.",
        "intro_it": "Ci aiuti anche se dello sportello non hai mai avuto bisogno.",
        "closes_on": day(last_day).date(),
        "report_back_by": day(last_day + 30).date(),
    }


# What is written in one language only, as people of the space write it.
OWN_WORDS = {
    "it": {
        "purpose": "Capire come trova aiuto chi vive da solo.",
        "decisions": "Gli orari dello sportello e i servizi del prossimo anno.",
        "population": "chi abita nel quartiere",
        "pilot_reason": "Provato con quattro volontarie del gruppo del lunedì.",
    },
    "en": {
        "purpose": "To learn how people who live alone find help.",
        "decisions": "The hours of the desk and the services of next year.",
        "population": "everybody who lives in the quarter",
        "pilot_reason": "Tried with four volunteers of the Monday group.",
    },
}


def _opened(cast: Cast, partnership: Partnership, on: int, terms: dict[str, Any]) -> Survey:
    with on_day(on) as moment:
        survey = create_survey(partnership=partnership, by=cast.coordinator, **OWN_WORDS[cast.space.language], **terms)
        write_questions(version=current_version(survey), questions=QUESTIONS)
        advance_survey(survey=survey, to="open", by=cast.coordinator, today=moment.date())
    survey.refresh_from_db()
    return survey


def _people(count: int) -> Iterator[dict[str, Given]]:
    """What each of so many people answers: an even mixture without chance, so that the demo is the same each time."""
    for number in range(count):
        knows = "11223"[number % 5]
        given = {
            "Q1": Given(codes=(knows,)),
            "Q3": Given(codes=tuple(dict.fromkeys(("24"[number % 2], "2134"[number % 4])))),
            "Q5": Given(codes=("3322312"[number % 7],)),
        }
        if knows != "3":
            given["Q2"] = Given(codes=("452354"[number % 6],))
        if number % 4 == 0:
            given["Q4"] = Given(text=WORDS[number // 4 % len(WORDS)][0])
        yield given


def _answer(cast: Cast, survey: Survey, count: int, *, first_day: int) -> None:
    is_italian = cast.space.language == "it"
    for number, given in enumerate(_people(count)):
        if is_italian and "Q4" in given:
            given["Q4"] = Given(text=next(italian for english, italian, _s in WORDS if english == given["Q4"].text))
        with on_day(min(first_day + number // 2, -1)) as moment:
            sent = Sent(given=given, answer_id=uuid.uuid4(), language=cast.space.language)
            send_answers(survey=survey, sent=sent, sent_from=f"demo-{number}", now=moment)


def _work_out(cast: Cast, survey: Survey) -> None:
    with on_day(-60) as moment:
        for state in ("closed", "cleaned"):
            advance_survey(survey=survey, to=state, by=cast.coordinator, today=moment.date())
        _read(cast, survey)
        change_survey(survey=survey, by=cast.coordinator, **TOLD)
    with on_day(-45) as moment:
        for state in ("analysed", "published"):
            advance_survey(survey=survey, to=state, by=cast.coordinator, today=moment.date())


def _read(cast: Cast, survey: Survey) -> None:
    rows = list(SurveyAnswer.objects.filter(response__survey=survey, reading="unread").select_related("question"))
    by = cast.coordinator
    subjects = [add_subject(question=rows[0].question, by=by, label_en=en, label_it=it) for en, it in SUBJECTS]
    of = {text: place for english, italian, place in WORDS for text in (english, italian)}
    for row in rows:
        read_words(answer=row, told_text=without_names(row.text), is_told=True, by=by)
        set_subjects(answer=row, subjects=[subjects[of[row.text]].pk], by=by)

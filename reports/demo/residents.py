"""What people do with residents' messages in the demo: entered, joined, given, referred, added to, answered."""

import secrets
from dataclasses import dataclass

from engagement.models import Submission, WhyNot
from engagement.operations.answer_template import save_answer_template
from engagement.operations.feedback import add_to_feedback, send_feedback
from engagement.operations.loop import measure_an_area, measure_the_loop
from engagement.operations.public_phrase import save_phrases
from engagement.operations.public_settings import change_public_settings
from engagement.operations.public_text import save_public_text
from engagement.operations.submission import read_submission, reply_to_submission
from engagement.operations.told_message import enter_told_message
from engagement.operations.triage import assign_submission, merge_submission, refer_urgent_submission
from engagement.rules.reference_code import hash_of_code
from engagement.rules.settling import Settled
from partnerships.models import Partnership
from reports.demo.clock import on_day
from reports.demo.people import Cast


@dataclass(frozen=True)
class Residents:
    """What is told in one public partnership of a language's space."""

    slug: str
    member: str
    told: str
    place: str
    first: str
    second: str
    added: str
    urgent: str
    referred: str
    complaint: str
    refused: str
    answer: str
    passed: str
    passed_to: str
    sentences: tuple[tuple[str, str, str], ...]
    numbers: str
    address: str
    further: tuple[str, str, str]
    dangers: str


RESIDENTS = {
    "it": Residents(
        slug="vicini-di-casa",
        member="comune",
        told="Al telefono: una signora chiede chi può accompagnarla alla visita di giovedì.",
        place="Borgo",
        first="Davanti alla farmacia hanno tolto la panchina e chi aspetta l'autobus resta in piedi.",
        second="Manca la panchina vicino alla farmacia, mia madre non riesce a stare in piedi.",
        added="Dimenticavo: succede anche alla fermata del mercato.",
        urgent="Nel palazzo accanto sento urla ogni sera, temo che qualcuno sia in pericolo.",
        referred="Carabinieri, al telefono, lo stesso giorno",
        complaint="Allo sportello mi hanno risposto male davanti a tutti.",
        refused="Si può aprire lo sportello anche la domenica?",
        answer="Ci abbiamo pensato, ma di domenica nessuno dei partner ha personale. Il sabato mattina sì.",
        passed="Il lampione di via Fontanelle è spento da settimane.",
        passed_to="Ufficio tecnico del Comune, 0544 100 200",
        sentences=(
            (
                "Grazie",
                "Thank you for writing. We come back to you.",
                "Grazie di averci scritto. Ti rispondiamo presto.",
            ),
            (
                "Non è nostro",
                "This is the municipality's to do. We passed it on today.",
                "È di competenza del Comune. L'abbiamo inoltrata oggi.",
            ),
        ),
        numbers="112 tutte le emergenze\n1522 violenza e stalking\n0544 100 100 polizia locale, di giorno",
        address="Piazza del Popolo 3, primo piano con ascensore",
        further=("ar", "جيران", "نساعد من يعيش وحده. يمكنكم الكتابة إلينا بلغتكم."),
        dangers="خطر\nعنف\nتهديد",
    ),
    "en": Residents(
        slug="first-job",
        member="council",
        told="By telephone: a father asks whether the bus is paid for during the placement.",
        place="Harbour",
        first="The bus shelter at the boatyard has no roof any more.",
        second="No roof on the shelter by the boatyard, we get soaked before work.",
        added="I forgot: the light there is broken as well.",
        urgent="A tutor threatens the students when nobody is near.",
        referred="The school's safeguarding lead, by telephone, the same day",
        complaint="The council's desk told me off in front of everybody.",
        refused="Could students be paid for the placement?",
        answer="We looked into it: the scheme's rules count the weeks as learning, so no wage may be paid.",
        passed="The street lamp at the slipway is dark.",
        passed_to="Highways desk of the council, 01632 960 200",
        sentences=(
            (
                "Thanks",
                "Thank you for writing. We come back to you.",
                "Grazie di averci scritto. Ti rispondiamo presto.",
            ),
            (
                "Not ours",
                "This is the council's to do. We passed it on today.",
                "È di competenza del Comune. L'abbiamo inoltrata oggi.",
            ),
        ),
        numbers="112 every emergency\n101 the police, when it can wait",
        address="2 Quay Street, step-free from the yard",
        further=("pl", "Pierwsza praca", "Pomagamy młodym ludziom znaleźć pierwszą pracę. Można pisać po polsku."),
        dangers="niebezpiecz\nprzemoc\ngrozi",
    ),
}


# The form for messages and the mail with the answer, by the words of the product.
_ASKED = (
    "Tell us what you think", "1. What is it about?", "An idea", "Something we need", "A problem", "Praise",
    "A complaint", "A question", "2. What do you want to tell us?", "3. Where?", "(optional)", "I am 14 or older",
    "I agree that my message is used as explained here", "Send the message", "Thank you. Your message is here.",
    "Keep this code", "Your code", "Received", "An answer to your message to %(name)s",
    "You wrote to %(name)s. This is our answer:",
)  # fmt: skip
_ARABIC = (
    "قل لنا رأيك", "١. ما الموضوع؟", "فكرة", "شيء نحتاجه", "مشكلة", "شكر", "شكوى", "سؤال", "٢. ماذا تريد أن تقول لنا؟",
    "٣. أين؟", "(اختياري)", "عمري ١٤ سنة أو أكثر", "أوافق على استخدام رسالتي كما هو موضح هنا", "إرسال الرسالة",
    "شكرا. وصلت رسالتك.", "احتفظ بهذا الرمز", "رمزك", "تم الاستلام", "ردّ على رسالتك إلى %(name)s",
    "كتبت إلى %(name)s. هذا ردّنا:",
)  # fmt: skip
_POLISH = (
    "Powiedz nam, co myślisz", "1. O co chodzi?", "Pomysł", "Coś, czego potrzebujemy", "Problem", "Pochwała", "Skarga",
    "Pytanie", "2. Co chcesz nam powiedzieć?", "3. Gdzie?", "(opcjonalnie)", "Mam co najmniej 14 lat",
    "Zgadzam się na użycie mojej wiadomości w opisany tu sposób", "Wyślij wiadomość",
    "Dziękujemy. Twoja wiadomość dotarła.", "Zachowaj ten kod", "Twój kod", "Otrzymano",
    "Odpowiedź na Twoją wiadomość do %(name)s", "To nasza odpowiedź na Twoją wiadomość do %(name)s:",
)  # fmt: skip
FORM_IN = {
    "ar": dict(zip(_ASKED, _ARABIC, strict=True)),
    "pl": dict(zip(_ASKED, _POLISH, strict=True)),
}


def bring_in_residents(cast: Cast) -> None:
    """Settings, sentences and a dozen messages on their way, in one public partnership of the space."""
    told = RESIDENTS[cast.space.language]
    partnership = cast.partnerships[told.slug]
    with on_day(-40):
        code, title, about = told.further
        change_public_settings(
            by=cast.coordinator,
            emergency_numbers=told.numbers,
            address=told.address,
            extra_languages=code,
            urgent_words=told.dangers,
        )
        save_public_text(
            partnership=partnership, language_code=code, title=title, about=about, is_machine_helped=True,
            by=cast.coordinator,
        )  # fmt: skip
        save_phrases(
            partnership=partnership, language_code=code, texts=FORM_IN[code], is_machine_helped=True,
            by=cast.coordinator,
        )  # fmt: skip
        for name, english, italian in told.sentences:
            save_answer_template(template=None, by=cast.coordinator, name=name, text_en=english, text_it=italian)
        measure_the_loop(partnership=partnership, by=cast.coordinator)
    _sorted(cast, partnership, told)
    _answered(cast, partnership, told)
    measure_an_area(partnership=partnership, place=told.place, by=cast.coordinator)


def _sorted(cast: Cast, partnership: Partnership, told: Residents) -> None:
    with on_day(-6) as moment:
        enter_told_message(
            partnership=partnership, channel=Submission.Channel.PHONE, category="question", text=told.told,
            language=cast.space.language, place=told.place, told_on=moment.date(), by=cast.coordinator,
            today=moment.date(),
        )  # fmt: skip
    first, code = _sent(cast, partnership, told.first, -9)
    second, _code = _sent(cast, partnership, told.second, -8)
    with on_day(-7) as moment:
        read_submission(submission=first, by=cast.coordinator, today=moment.date())
        merge_submission(submission=second, into=first, by=cast.coordinator)
        assign_submission(submission=first, to=cast.deputy, by=cast.coordinator)
    with on_day(-1) as moment:
        add_to_feedback(code=code, text=told.added, asked_from="demo", now=moment)
    urgent, _code = _sent(cast, partnership, told.urgent, -3)
    with on_day(-3):
        refer_urgent_submission(submission=urgent, to=told.referred, by=cast.coordinator)
    member = cast.members[told.slug, told.member]
    _sent(cast, partnership, told.complaint, -5, category="complaint", about_member=member)


def _answered(cast: Cast, partnership: Partnership, told: Residents) -> None:
    refused, _code = _sent(cast, partnership, told.refused, -25)
    passed, _code = _sent(cast, partnership, told.passed, -20)
    with on_day(-18) as moment:
        reply_to_submission(
            submission=refused, text=told.answer, by=cast.coordinator, today=moment.date(),
            settled=Settled(Submission.State.NOT_POSSIBLE, why_not=WhyNot.LAW),
        )  # fmt: skip
        text = told.sentences[1][1 if cast.space.language == "en" else 2]
        reply_to_submission(
            submission=passed, text=text, by=cast.coordinator, today=moment.date(),
            settled=Settled(Submission.State.REDIRECTED, passed_to=told.passed_to),
        )  # fmt: skip


def _sent(cast: Cast, partnership: Partnership, text: str, day: int, **more: object) -> tuple[Submission, str]:
    place = RESIDENTS[cast.space.language].place
    given = {"category": "problem", "language": cast.space.language, "place": place, **more}
    with on_day(day) as moment:
        sent = send_feedback(
            partnership=partnership, text=text, nonce=secrets.token_hex(8), sent_from=f"demo-{day}", now=moment,
            **given,  # type: ignore[arg-type]  # the fields of a message
        )  # fmt: skip
    return Submission.objects.get(code_hash=hash_of_code(sent.code)), sent.code

"""What stands around the values of the demo: sheets, evidence, judgements, a question, drafts, a settled month."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.queries.viewer import viewer_for
from core.tabular.writing import csv_lines
from goals.models import Goal
from metrics.models import Indicator, Measurement
from metrics.operations.indicator import change_indicator, define_indicator
from metrics.operations.measurement import (
    grade_measurement,
    question_measurement,
    record_measurement,
    verify_measurement,
)
from metrics.operations.measurement_batch import enter_values
from metrics.operations.measurement_evidence import show_value_evidence
from metrics.operations.measurement_import import begin_measurement_import
from metrics.operations.period_lock import lock_period, open_period
from metrics.queries.period_lock import count_unsettled
from metrics.rules.library import BY_KEY
from metrics.rules.measurement import reported_value
from metrics.rules.measurement_grid import CellValue, Entry
from metrics.rules.period import Period, latest_periods
from partnerships.models import Partnership
from partnerships.rules.task_evidence import Shown
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story

State = Measurement.State
GRADES = {
    "evidence_strength": Measurement.Strength.MODERATE,
    "quality_validity": Measurement.Quality.GOOD,
    "quality_reliability": Measurement.Quality.LIMITED,
    "quality_timeliness": Measurement.Quality.GOOD,
}


@dataclass(frozen=True)
class Words:
    """What people of a space say of values, and the headings of its files."""

    evidence: str
    question: str
    opened: str
    headings: tuple[str, ...]
    sheet: dict[str, str]
    evenings: str
    counted: tuple[str, str]
    recounted: str
    each: str
    story: str
    told: str


WORDS = {
    "it": Words(
        "Copia del registro del mese, timbrata in segreteria.",
        "Il mese scorso erano meno: sono contati anche quelli già seguiti?",
        "Il partner ha trovato un foglio del registro che mancava.",
        ("Codice", "Organizzazione", "Dal", "Al", "Valore"),
        {
            "method": "Si conta dal registro, a fine mese.",
            "instrument": "Registro cartaceo con una riga per persona.",
            "deduplication": "Ogni persona ha un numero nel registro e conta una volta sola.",
            "responsible": "Chi coordina lo sportello.",
            "rationale": "È il cambiamento che le persone hanno chiesto per primo.",
            "limits": "Non dice se le persone tornano.",
            "ethics_note": "Nel registro ci sono solo iniziali; le chiavi dell'armadio le ha la segreteria.",
            "cost_note": "Due ore al mese.",
            "feedback_note": "Cartellone all'ingresso, con una cassetta per le risposte.",
        },
        "Incontri aperti",
        (
            "Ogni incontro con almeno tre persone.",
            "Ogni incontro annunciato in bacheca, anche se viene una persona sola.",
        ),
        "Gli incontri piccoli contavano poco: il tavolo ha deciso di contarli.",
        "Incontri aperti per settimana",
        "Che cosa è cambiato, a parole",
        "«Prima non conoscevo nessuno. Adesso il martedì mi aspettano.»",
    ),
    "en": Words(
        "Copy of the month's register, stamped at the office.",
        "Last month there were fewer: does it count those who came before, too?",
        "The partner found a sheet of the register that was missing.",
        ("Code", "Organisation", "From", "To", "Value"),
        {
            "method": "Counted from the register at the end of the month.",
            "instrument": "A paper register with one line for each person.",
            "deduplication": "Each person has a number in the register and counts once.",
            "responsible": "Whoever runs the desk.",
            "rationale": "It is the change people asked for first.",
            "limits": "It does not say whether people come back.",
            "ethics_note": "The register has initials only; the office keeps the key of the cupboard.",
            "cost_note": "Two hours a month.",
            "feedback_note": "A poster at the door with a box for answers.",
        },
        "Open evenings",
        ("Each evening with three people or more.", "Each evening announced on the board, even when one person comes."),
        "Small evenings hardly counted: the group decided to count them.",
        "Open evenings a week",
        "What changed, in words",
        "“I knew nobody before. Now they wait for me on Tuesdays.”",
    ),
}


def bring_in_figures(cast: Cast, story: Story, partnership: Partnership, goals: list[Goal]) -> None:
    """Let people check, ask about, document and settle the values of a story."""
    words = WORDS[cast.space.language]
    values = Measurement.objects.filter(indicator__partnership=partnership).exclude(member=None)
    verified = list(values.filter(state=State.VERIFIED).order_by("period_ends_on", "id"))
    if not goals or not verified:
        return
    with on_day(-3):
        show_value_evidence(measurement=verified[-1], shown=Shown(note=words.evidence), by=cast.coordinator)
        grade_measurement(measurement=verified[-1], by=cast.evaluator, **GRADES)
        waiting = values.filter(state=State.SUBMITTED, value__isnull=False).order_by("-period_ends_on", "id").first()
        if waiting is not None:
            question_measurement(measurement=waiting, question=words.question, by=cast.evaluator)
    _fill_sheet(cast, verified[-1].indicator)
    _add_indicators(cast, partnership, words)
    _settle(cast, partnership, verified, words)
    _keep_drafts(cast, verified[-1])
    _bring_file(cast, partnership, verified[-1], words)


def _fill_sheet(cast: Cast, indicator: Indicator) -> None:
    """What the first indicator says of itself beyond its name, in both languages."""
    said = {f"{name}_{code}": text for code, words in WORDS.items() for name, text in words.sheet.items()}
    with on_day(-40):
        change_indicator(indicator=indicator, by=cast.coordinator, question=Indicator.Question.BETTER_OFF, **said)


def _add_indicators(cast: Cast, partnership: Partnership, words: Words) -> None:
    """What is done, counted anew since last month; one computed from it, one in words, one of everybody in the area."""
    own = cast.space.language
    with on_day(-150):
        evenings = define_indicator(
            partnership=partnership,
            by=cast.coordinator,
            frequency=Indicator.Frequency.MONTHLY,
            question=Indicator.Question.HOW_MUCH,
            **{f"name_{own}": words.evenings, f"definition_{own}": words.counted[0]},
        )
        define_indicator(
            partnership=partnership,
            by=cast.coordinator,
            unit=Indicator.Unit.MEAN,
            frequency=Indicator.Frequency.MONTHLY,
            formula=f"[{evenings.code}] * 12 / 52",
            **{f"name_{own}": words.each},
        )
        story = define_indicator(
            partnership=partnership, by=cast.coordinator, unit=Indicator.Unit.STORY, **{f"name_{own}": words.story}
        )
        asked = {"sample": Indicator.Sample.RANDOM, "population_size": 21_400}
        youth = dict(BY_KEY["sdg-8.6.1"].fields(), wants_increase=False, **asked)
        area = define_indicator(partnership=partnership, by=cast.coordinator, **youth)
    today = day(0).date()
    months = latest_periods(today, Indicator.Frequency.MONTHLY, count=5)[:-1]
    for number, month in enumerate(months):
        if number == len(months) - 1:
            with on_day(-35):
                evenings = change_indicator(
                    indicator=evenings,
                    by=cast.coordinator,
                    reason=words.recounted,
                    **{f"definition_{own}": words.counted[1]},
                )
        _measured(cast, evenings, month, is_verified=number < len(months) - 1, value=Decimal(3 + number * 2))
    (quarter, *_running) = latest_periods(today, Indicator.Frequency.QUARTERLY, count=2)
    _measured(cast, story, quarter, story=words.told)
    for year, (part, whole) in zip(
        latest_periods(today, Indicator.Frequency.YEARLY, count=3)[:-1], ((212, 1480), (198, 1465)), strict=True
    ):
        _measured(cast, area, year, numerator=Decimal(part), denominator=Decimal(whole))


def _measured(cast: Cast, indicator: Indicator, period: Period, *, is_verified: bool = True, **said: Any) -> None:
    since = (period.ends_on - day(0).date()).days
    with on_day(min(since + 5, -1)):
        measurement = record_measurement(
            indicator=indicator,
            period_starts_on=period.starts_on,
            period_ends_on=period.ends_on,
            by=cast.coordinator,
            source=indicator.source,
            **said,
        )
        if is_verified:
            verify_measurement(measurement=measurement, by=cast.evaluator)


def _settle(cast: Cast, partnership: Partnership, verified: list[Measurement], words: Words) -> None:
    """The first month all of whose values are verified is settled, opened once more, and settled for good."""
    months = ({"starts_on": row.period_starts_on, "ends_on": row.period_ends_on} for row in verified)
    month = next((month for month in months if not count_unsettled(partnership, **month)), None)
    if month is None:
        return
    since = (month["ends_on"] - day(0).date()).days
    with on_day(since + 20):
        lock = lock_period(partnership=partnership, by=cast.evaluator, **month)
    with on_day(since + 30):
        open_period(lock=lock, reason=words.opened, by=cast.evaluator)
    with on_day(since + 32):
        lock_period(partnership=partnership, by=cast.evaluator, **month)


def _entry(like: Measurement, period: Period, share: Decimal) -> Entry:
    value = None if like.numerator is not None or like.value is None else (like.value * share).to_integral_value()
    numerator = (like.numerator * share).to_integral_value() if like.numerator is not None else None
    reported = reported_value(unit=like.indicator.unit, value=value, numerator=numerator, denominator=like.denominator)
    return Entry(place="", indicator=like.indicator, member=like.member, period=period, cell=CellValue(reported))


def _keep_drafts(cast: Cast, like: Measurement) -> None:
    """The month that runs is noted already, and not sent yet."""
    (running,) = latest_periods(day(0).date(), like.indicator.frequency, count=1)
    with on_day(-1):
        enter_values(entries=[_entry(like, running, Decimal("0.5"))], by=cast.coordinator, as_draft=True)


def _bring_file(cast: Cast, partnership: Partnership, like: Measurement, words: Words) -> None:
    """A file was brought, and waits for somebody to say that it is right."""
    assert like.member is not None
    name = like.member.organisation.name
    row = [like.indicator.code, name, like.period_starts_on, like.period_ends_on, "?"]
    content = b"".join(csv_lines(list(words.headings), [row]))
    with on_day(-2):
        begin_measurement_import(
            partnership=partnership,
            upload=SimpleUploadedFile(f"{partnership.slug}.csv", content, "text/csv"),
            viewer=viewer_for(cast.coordinator),
            by=cast.coordinator,
            language=cast.space.language,
        )

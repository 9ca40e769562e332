"""What stands around the values of the demo: evidence, judgements, a question, drafts, a settled month, a file."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from core.queries.viewer import viewer_for
from core.tabular.writing import csv_lines
from goals.models import Goal
from metrics.models import Measurement
from metrics.operations.measurement import grade_measurement, question_measurement
from metrics.operations.measurement_batch import enter_values
from metrics.operations.measurement_evidence import show_value_evidence
from metrics.operations.measurement_import import begin_measurement_import
from metrics.operations.period_lock import lock_period, open_period
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


WORDS = {
    "it": Words(
        "Copia del registro del mese, timbrata in segreteria.",
        "Il mese scorso erano meno: sono contati anche quelli già seguiti?",
        "Il partner ha trovato un foglio del registro che mancava.",
        ("Codice", "Organizzazione", "Dal", "Al", "Valore"),
    ),
    "en": Words(
        "Copy of the month's register, stamped at the office.",
        "Last month there were fewer: does it count those who came before, too?",
        "The partner found a sheet of the register that was missing.",
        ("Code", "Organisation", "From", "To", "Value"),
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
    _settle(cast, partnership, verified[0], words)
    _keep_drafts(cast, verified[-1])
    _bring_file(cast, partnership, verified[-1], words)


def _settle(cast: Cast, partnership: Partnership, first: Measurement, words: Words) -> None:
    """The first month is settled, opened once more, and settled for good."""
    month = {"starts_on": first.period_starts_on, "ends_on": first.period_ends_on}
    since = (first.period_ends_on - day(0).date()).days
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

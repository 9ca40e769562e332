"""How an indicator is described to readers of IATI: codes of its own, else what follows from its sheet (IATI 2.03).

The code lists are IndicatorMeasure, IndicatorVocabulary and ResultType; funders who publish ask for them.
"""

from dataclasses import dataclass

from metrics.models import Indicator
from metrics.rules.figure import ADDITIVE

Kind, Unit, Measure = Indicator.Kind, Indicator.Unit, Indicator.IatiMeasure
OUTPUT, OUTCOME, IMPACT, OTHER = "1", "2", "3", "9"
RESULTS: dict[str, str] = {
    Kind.OUTPUT: OUTPUT,
    Kind.OUTCOME: OUTCOME,
    Kind.OUTCOME_SHORT: OUTCOME,
    Kind.OUTCOME_MEDIUM: OUTCOME,
    Kind.CONTEXT: IMPACT,
    Kind.PROCESS: OTHER,
    Kind.PARTNERSHIP: OTHER,
}
MEASURES: dict[str, Indicator.IatiMeasure] = {
    Unit.PERCENT: Measure.PERCENTAGE,
    Unit.YES_NO: Measure.NOMINAL,
    Unit.SCORE: Measure.ORDINAL,
    Unit.STORY: Measure.QUALITATIVE,
}


@dataclass(frozen=True)
class Codes:
    """The codes of an indicator. ``is_aggregated``: whether its values may be added up; ``reference`` may be empty."""

    result_type: str
    measure: str
    is_aggregated: bool
    vocabulary: str
    reference: str


def codes_of(indicator: Indicator) -> Codes:
    """What was chosen, and for the rest what the sheet says."""
    adds = indicator.unit in ADDITIVE and indicator.aggregation in {"", Indicator.Aggregation.SUM}
    chosen = indicator.iati_aggregates
    return Codes(
        result_type=RESULTS[indicator.kind],
        measure=indicator.iati_measure or MEASURES.get(indicator.unit, Measure.UNIT).value,
        is_aggregated=adds if not chosen else chosen == Indicator.YesOrNo.YES,
        vocabulary=indicator.iati_vocabulary,
        reference=indicator.iati_reference,
    )

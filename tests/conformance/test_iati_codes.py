"""The codes we offer and derive stand in the code lists of IATI."""

import xml.etree.ElementTree as ET

import pytest

from metrics.models import Indicator
from metrics.rules.iati import RESULTS, codes_of


def codes_in(standards, name):
    path = standards / "iati" / "codelists" / f"{name}.xml"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return {found.text for found in ET.parse(path).getroot().iter("code")}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("IndicatorMeasure", set(Indicator.IatiMeasure.values)),
        ("IndicatorVocabulary", set(Indicator.IatiVocabulary.values)),
        ("ResultType", set(RESULTS.values())),
    ],
)
def test_codes_are_those_of_the_list(standards, name, ours):
    known = codes_in(standards, name)
    assert ours <= known
    if name != "ResultType":
        assert ours == known


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"unit": "count", "kind": "output"}, ("1", "1", True)),
        ({"unit": "percent", "kind": "outcome_short"}, ("2", "2", False)),
        ({"unit": "unique_people", "kind": "context"}, ("3", "1", False)),
        ({"unit": "text_story", "kind": "process"}, ("9", "5", False)),
        ({"unit": "count", "kind": "output", "aggregation": "latest"}, ("1", "1", False)),
        ({"unit": "score", "kind": "outcome", "iati_measure": "1", "iati_aggregates": "1"}, ("2", "1", True)),
    ],
)
def test_what_is_not_chosen_follows_from_the_sheet(fields, codes):
    found = codes_of(Indicator(tenant_id=1, **fields))
    assert (found.result_type, found.measure, found.is_aggregated) == codes


def test_every_kind_has_a_result_type():
    assert set(RESULTS) == set(Indicator.Kind.values)

"""The indicators to pick from bear numbers of the United Nations' global framework."""

import re

import pytest

from metrics.rules.library import BY_KEY, SDG

NUMBER = re.compile(r"^(\d+-\w+-\d+)-title:", re.MULTILINE)


def test_numbers_are_those_of_the_framework_each_once(standards):
    path = standards / "sdg" / "en" / "global_indicators.yml"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    known = {number.replace("-", ".") for number in NUMBER.findall(path.read_text())}
    assert {one.number for one in SDG} == known
    assert len(BY_KEY) == len(SDG)


def test_names_are_there_in_both_languages_and_fit():
    for one in SDG:
        assert 0 < len(one.name_en) <= 200
        assert 0 < len(one.name_it) <= 200
        assert one.name_en != one.name_it

"""The real list of 6,893 Italian bodies (5x1000 of 2014, amateur sport): everything goes in, once."""

import csv

import pytest

from core.tabular.reading import open_table
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder_import import import_stakeholders
from stakeholders.queries.stakeholder import ids_found
from stakeholders.rules.import_fields import ColumnMapping, guess_columns


@pytest.fixture
def path(standards):
    return standards / "stakeholders" / "it_5x1000_2014_sport.csv"


def bring(path):
    with open_table(path, filename=path.name) as table:
        return import_stakeholders(table=table, mapping=ColumnMapping(guess_columns(table.header)), by=None)


def test_real_file_goes_in_whole_and_once(path, space):
    first, second = bring(path), bring(path)
    assert (first.row_count, first.added_count, first.error_count) == (6_893, 6_893, 0)
    assert (second.added_count, second.known_count) == (0, 6_893)
    with path.open(encoding="utf-8", newline="") as source:
        expected = {
            (row["CODICE FISCALE"], " ".join(row["DENOMINAZIONE"].split()), row["COMUNE"], row["PROVINCIA"])
            for row in csv.DictReader(source)
        }
    assert set(Stakeholder.objects.values_list("tax_code", "name", "place", "province")) == expected
    assert Stakeholder.objects.filter(pk__in=ids_found(["palmese"])).count() == 1

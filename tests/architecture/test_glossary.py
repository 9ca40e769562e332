"""One word for one thing: every record of the field's apps is explained in ``docs/glossary.md``, and nothing else is."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

FIELD = ("stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_glossary_names_each_record_in_both_languages() -> None:
    rows = ROW.findall((Path(settings.BASE_DIR) / "docs" / "glossary.md").read_text())
    explained = [name for name, *_words in rows]
    records = {model.__name__ for app in FIELD for model in apps.get_app_config(app).get_models()}
    assert len(explained) == len(set(explained))
    assert set(explained) == records
    assert all(word.strip() for row in rows for word in row)

from pathlib import Path
from zlib import crc32

import pytest

from tests.browser.fixtures import demo, language, page_as, say, space_slug, windows

__all__ = ["demo", "language", "page_as", "say", "space_slug", "windows"]
HERE = Path(__file__).parent
# The main ways of the product's users: told in both languages always.
MAIN = {"test_coordinator", "test_partner", "test_resident", "test_funder", "test_start_small"}
# At which width CI tells a main way that is told at several; ``make drill`` tells the others.
MAIN_WIDTHS = {"it": 320, "en": 1280}
# Turns the main ways can take: told once.
TURNS = {"test_an_expired_link_offers_to_mail_a_new_one", "test_who_is_not_the_one_asked_passes_the_task_on"}
# In which language CI tells another story, and at which width where it is told at two.
TOLD = (("it", 390), ("en", 1280))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """CI tells each of the other stories once, half of them in each language; ``make drill`` tells the rest."""
    for item in items:
        name = item.name.partition("[")[0]
        if HERE not in item.path.parents:
            continue
        params = getattr(getattr(item, "callspec", None), "params", {})
        if item.path.stem in MAIN and name not in TURNS:
            if "width" in params and params["width"] != MAIN_WIDTHS[params["language"]]:
                item.add_marker(pytest.mark.drill)
            continue
        language, width = TOLD[crc32(name.encode()) % 2]
        if params.get("language", language) != language or params.get("width", width) != width:
            item.add_marker(pytest.mark.drill)

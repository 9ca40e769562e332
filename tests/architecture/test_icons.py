import re

import pytest

from core.templatetags.kit import icon
from tests.architecture.messages import ROOT

NAMED = re.compile(r"""\{% icon "([a-z0-9-]+)" %\}|icon="([a-z0-9-]+)"|Entry\([^)]*?"([a-z0-9-]+)", order""")


def names() -> set[str]:
    sources = [*(ROOT / "templates").rglob("*.html"), *ROOT.glob("*/apps.py")]
    return {name for path in sources for found in NAMED.findall(path.read_text()) for name in found if name}


@pytest.mark.parametrize("name", sorted(names()))
def test_icon_is_in_the_package(name):
    assert "<svg" in icon(name)

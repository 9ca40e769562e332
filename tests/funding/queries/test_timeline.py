from core.access.roles import Role
from funding.queries.timeline import contribution_items
from tests.factories.core import make_user
from tests.factories.funding import make_funder, make_source
from tests.factories.partnerships import make_partnership


def test_giver_is_told_by_amount_and_only_to_who_sees_the_money(space, viewer, admin):
    partnership, giver = make_partnership(), make_funder()
    make_source(partnership, "Spring grant", giver=giver)
    make_source(partnership, "Of somebody else")
    [item] = contribution_items(viewer(admin), giver)
    assert item.title == f"€1,000 for “{partnership.name}”"
    assert (item.kind, item.tone, item.text) == ("funding", "now", "Spring grant · Grant · Expected")
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)
    assert contribution_items(viewer(partner), giver) == []

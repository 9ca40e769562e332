"""Pages of a register and what is searched in it: ``python -m bench.inside.register pages|queries SLUG [COUNT]``."""

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bench.inside import start, tell
from bench.inside.pages import signed_in

ACCENTS = str.maketrans("aeiou", "àéìòù")


def pages_of(slug: str) -> dict[str, Any]:
    """Each page of a tenant's register by name, and the sessions of who reads them.

    They show as many rows in a register of a hundred as in a large one: filters narrow to what is rare or fill a page.
    """
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from core.web.space import space_url
    from reports.seed.register import RARE_ALIAS, RARE_OFFER, RARE_PLACE, RARE_TAG
    from stakeholders.models import DuplicatePair, RepresentationAudit, Stakeholder, StakeholderMap, Tag

    tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant.pk):

        def at(name: str, query: str = "", **ids: Any) -> str:
            return space_url(name, **ids) + query

        people = Stakeholder.objects.order_by("id")
        body, person = people.filter(kind="organisation").first(), people.filter(kind="person").first()
        pair = DuplicatePair.objects.order_by("id").first()
        rare_tag = Tag.objects.get(name=RARE_TAG)
        mapped, audit = StakeholderMap.objects.get(), RepresentationAudit.objects.get()
        of_body, of_map = {"stakeholder_id": body.pk}, {"map_id": mapped.pk}
        register, word = "stakeholder_list", RARE_ALIAS.split()[-1].lower()
        pages = {
            "list": at(register),
            "list by town": at(register, "?sort=place"),
            "list, newest first": at(register, "?sort=newest"),
            "filter kind": at(register, "?kind=organisation"),
            "filter state": at(register, "?status=partner"),
            "filter town": at(register, f"?place={quote(RARE_PLACE)}"),
            "filter stake": at(register, "?stake=affected"),
            "filter tag": at(register, f"?tag={rare_tag.pk}"),
            "filter basis": at(register, "?basis=missing"),
            "filter contact": at(register, "?contact=allowed"),
            "filter owner": at(register, "?owner=none"),
            "list with words": at(register, f"?q={word}"),
            "search": at("search", f"?q={word}"),
            "stakeholder": at("stakeholder_detail", **of_body),
            "person": at("stakeholder_detail", stakeholder_id=person.pk),
            "can bring": at("stakeholder_assets", **of_body),
            "relations": at("stakeholder_relations", **of_body),
            "timeline": at("stakeholder_timeline", **of_body),
            "twins": at("stakeholder_twins", **of_body),
            "personal data": at("person_data", stakeholder_id=person.pk),
            "edit form": at("stakeholder_edit", **of_body),
            "duplicates": at("duplicate_list"),
            "compare": at("stakeholder_compare", stakeholder_id=pair.first_id, other_id=pair.second_id),
            "maps": at("map_list"),
            "one map": at("map_detail", **of_map),
            "network of a map": at("map_network", **of_map),
            "put on a map": at("map_add", **of_map),
            "raters of a map": at("map_raters", **of_map),
            "who has what": at("asset_list", f"?q={RARE_OFFER.split()[-1].lower()}"),
            "open needs": at("open_need_list"),
            "missing voices": at("representation_list"),
            "one audit": at("representation_detail", audit_id=audit.pk),
            "changes by partners": at("profile_edit_list"),
            "export": at("stakeholder_export", f"?tag={rare_tag.pk}"),
            "export of everything": at("stakeholder_export"),
            "CSV of a filter": at(register, f"?tag={rare_tag.pk}&format=csv"),
            "import": at("stakeholder_import"),
            "import profiles": at("import_profile_list"),
            "save a filter": at("saved_filter_new", "?sector=education"),
        }
    return {
        "pages": pages,
        "reader": signed_in(f"coordinator@{slug}.example"),
        "of people": signed_in(f"admin@{slug}.example"),
        "search": pages["search"].partition("?")[0],
    }


def queries_of(slug: str, count: int) -> dict[str, Any]:
    """What people type: name, beginnings, other order, accents, alias, number, town, offer; and whom it must find."""
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from stakeholders.models import Stakeholder

    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        bodies = Stakeholder.objects.filter(kind="organisation", territories__len__gt=0).exclude(aliases="")
        step = max(1, bodies.count() // count)
        rows = bodies.order_by("id").prefetch_related("identifiers", "assets", "contact_points")
        chosen = list(rows)[::step][:count]
        made: list[dict[str, str | None]] = []
        for turn, body in enumerate(chosen):
            kinds = list(_typed(body))
            query, is_sure = kinds[turn % len(kinds)]
            made.append({"query": query, "finds": str(body.pk) if is_sure else None})
    return {"queries": made}


def _typed(body: Any) -> Iterator[tuple[str, bool]]:
    """Ways to look for one body, each with whether it must be among the first found."""
    words = body.name.split()
    yield body.name, True
    yield " ".join(reversed(words)), True
    yield body.name.lower().translate(ACCENTS), True
    yield f"{body.place.upper()} {words[1]} {words[2][:3]}", False
    yield " ".join(word[:4] for word in words), False
    yield body.aliases, True
    yield body.tax_code, True
    yield f"{body.identifiers.all()[0].value} {words[0]}", False
    yield body.place, False
    yield words[0], False
    yield f"{words[0]} {words[1]}", False
    yield f"{body.assets.all()[0].title if body.assets.all() else 'palestra'} {body.place}", False
    yield body.contact_points.all()[0].value, True


if __name__ == "__main__":
    start()
    tell(pages_of(sys.argv[2]) if sys.argv[1] == "pages" else queries_of(sys.argv[2], int(sys.argv[3])))

"""The kits there are, by their stable codes; an empty code starts from scratch."""

from partnerships.kits.business_school import BUSINESS_SCHOOL
from partnerships.kits.community_university import COMMUNITY_UNIVERSITY
from partnerships.kits.kit import Kit
from partnerships.kits.light import LIGHT
from partnerships.kits.nonprofit_government import NONPROFIT_GOVERNMENT

KITS: dict[str, Kit] = {kit.code: kit for kit in (LIGHT, BUSINESS_SCHOOL, NONPROFIT_GOVERNMENT, COMMUNITY_UNIVERSITY)}


def kit_with(code: str) -> Kit:
    """The kit of a code; raises KeyError for a code there is none of."""
    return KITS[code]


def role_names(code: str) -> list[str]:
    """The parts a kit suggests, in the page's language; none for an unknown kit."""
    kit = KITS.get(code)
    return [role.name for role in kit.roles] if kit else []

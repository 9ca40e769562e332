"""The kits there are, by their stable codes; an empty code starts from scratch."""

from partnerships.kits.business_school import BUSINESS_SCHOOL
from partnerships.kits.community_university import COMMUNITY_UNIVERSITY
from partnerships.kits.kit import Kit
from partnerships.kits.light import LIGHT
from partnerships.kits.nonprofit_government import NONPROFIT_GOVERNMENT

KITS: dict[str, Kit] = {kit.code: kit for kit in (LIGHT, BUSINESS_SCHOOL, NONPROFIT_GOVERNMENT, COMMUNITY_UNIVERSITY)}

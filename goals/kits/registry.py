"""The goals of each template, by the template's code."""

from goals.kits.business_school import BUSINESS_SCHOOL
from goals.kits.community_university import COMMUNITY_UNIVERSITY
from goals.kits.kit import GoalKit
from goals.kits.nonprofit_government import NONPROFIT_GOVERNMENT

GOAL_KITS: dict[str, GoalKit] = {kit.code: kit for kit in (BUSINESS_SCHOOL, NONPROFIT_GOVERNMENT, COMMUNITY_UNIVERSITY)}

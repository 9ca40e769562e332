"""Tables of stakeholders."""

from stakeholders.models.affiliation import Affiliation
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.models.stakeholder_import import StakeholderImport

__all__ = ["Affiliation", "Stakeholder", "StakeholderImport"]

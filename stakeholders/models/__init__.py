"""Tables of stakeholders."""

from stakeholders.models.affiliation import Affiliation
from stakeholders.models.assessment import Assessment
from stakeholders.models.asset import Asset
from stakeholders.models.contact import ContactPoint, Identifier
from stakeholders.models.influence_link import InfluenceLink
from stakeholders.models.interaction import Interaction
from stakeholders.models.merge import DuplicatePair, NotDuplicate, StakeholderMerge
from stakeholders.models.person_export import PersonExport
from stakeholders.models.profile_edit import ProfileEdit
from stakeholders.models.register_request import RegisterRequest
from stakeholders.models.representation import AuditCount, ReferenceCategory, ReferenceProfile, RepresentationAudit
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.models.stakeholder_import import ImportChange, ImportProfile, StakeholderImport
from stakeholders.models.stakeholder_map import MapEntry, MapRater, MapRound, MapTie, StakeholderMap
from stakeholders.models.strength import Strength
from stakeholders.models.tag import SavedFilter, StakeholderTag, Tag

__all__ = [
    "Affiliation",
    "Assessment",
    "Asset",
    "AuditCount",
    "ContactPoint",
    "DuplicatePair",
    "Identifier",
    "ImportChange",
    "ImportProfile",
    "InfluenceLink",
    "Interaction",
    "MapEntry",
    "MapRater",
    "MapRound",
    "MapTie",
    "NotDuplicate",
    "PersonExport",
    "ProfileEdit",
    "ReferenceCategory",
    "ReferenceProfile",
    "RegisterRequest",
    "RepresentationAudit",
    "SavedFilter",
    "Stakeholder",
    "StakeholderImport",
    "StakeholderMap",
    "StakeholderMerge",
    "StakeholderTag",
    "Strength",
    "Tag",
]

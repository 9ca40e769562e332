"""Tables of partnerships."""

from partnerships.models.agreement import Agreement, AgreementVersion, Signature
from partnerships.models.exit_step import ExitStep
from partnerships.models.governance import DecisionMethod, Position
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.partnership import Partnership
from partnerships.models.partnership_map import PartnershipMap
from partnerships.models.resource_need import ResourceNeed
from partnerships.models.saved_kit import SavedKit
from partnerships.models.task import Task, TaskUpdate

__all__ = [
    "Agreement",
    "AgreementVersion",
    "DecisionMethod",
    "ExitStep",
    "Partnership",
    "PartnershipMap",
    "PartnershipMember",
    "Position",
    "Representative",
    "ResourceNeed",
    "SavedKit",
    "Signature",
    "Task",
    "TaskUpdate",
]

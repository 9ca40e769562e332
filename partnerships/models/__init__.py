"""Tables of partnerships."""

from partnerships.models.agreement import Agreement, AgreementVersion, Signature
from partnerships.models.commitment import Commitment
from partnerships.models.governance import DecisionMethod, Position
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.partnership import Partnership
from partnerships.models.partnership_map import PartnershipMap
from partnerships.models.resource_need import ResourceNeed
from partnerships.models.saved_kit import SavedKit
from partnerships.models.task import Task, TaskUpdate
from partnerships.models.task_plan import TaskCheck, TaskDependency, TaskEvidence

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Commitment",
    "DecisionMethod",
    "Partnership",
    "PartnershipMap",
    "PartnershipMember",
    "Position",
    "Representative",
    "ResourceNeed",
    "SavedKit",
    "Signature",
    "Task",
    "TaskCheck",
    "TaskDependency",
    "TaskEvidence",
    "TaskUpdate",
]

"""Tables of partnerships."""

from partnerships.models.agreement import Agreement, AgreementVersion, InstrumentType
from partnerships.models.clause import AgreementClause, ClauseRequest
from partnerships.models.exit_step import ExitStep
from partnerships.models.governance import DecisionMethod, Position
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.partnership import Partnership
from partnerships.models.partnership_map import PartnershipMap
from partnerships.models.resource_need import ResourceNeed
from partnerships.models.saved_kit import SavedKit
from partnerships.models.signature import Signature
from partnerships.models.task import Task, TaskUpdate

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementVersion",
    "ClauseRequest",
    "DecisionMethod",
    "ExitStep",
    "InstrumentType",
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

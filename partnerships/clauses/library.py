"""All clauses by number and by code."""

from partnerships.clauses.beginning import BEGINNING
from partnerships.clauses.clause import Clause
from partnerships.clauses.ending import ENDING
from partnerships.clauses.people import PEOPLE
from partnerships.clauses.working import WORKING

CLAUSES: tuple[Clause, ...] = (*BEGINNING, *WORKING, *PEOPLE, *ENDING)
LIBRARY: dict[str, Clause] = {clause.code: clause for clause in CLAUSES}

"""Tables of funding."""

from funding.models.source import FundingSource
from funding.models.volunteer_time import ValuedHours

__all__ = ["FundingSource", "ValuedHours"]

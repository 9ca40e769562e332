"""Tables of funding."""

from funding.models.source import FundingSource

__all__ = ["FundingSource"]

"""The one e-mailed link of a partner: what it is for and how long it lasts."""

from datetime import timedelta

PARTNER_LINK = "partner"
LASTS = timedelta(days=45)
# Opened by somebody who is signed in.
A_DAY = timedelta(days=1)

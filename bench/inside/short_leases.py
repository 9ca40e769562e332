"""Shorter leases for the drill's workers, imported with ``--include``: what a dead one held is soon free again."""

from datetime import timedelta

from core.jobs import queue
from core.operations import mail

mail.LEASE = timedelta(seconds=4)
queue.LEASE = timedelta(seconds=20)

"""A sender that goes on until it is killed: ``python -m bench.inside.sender PREFIX LEASE_SECONDS``.

Only the lease is shorter than in a deployment, so that what a dead sender held is free again within the drill.
"""

import sys
import time
from datetime import timedelta

from bench.inside import start


def main(prefix: str, lease: float) -> None:
    from bench.inside.mails import tenants
    from core.operations import mail
    from core.operations.delivery import deliver_due

    mail.LEASE = timedelta(seconds=lease)
    places = tenants(prefix)
    while True:
        for tenant_id in places:
            deliver_due(tenant_id)
        time.sleep(0.2)


if __name__ == "__main__":
    start()
    main(sys.argv[1], float(sys.argv[2]))

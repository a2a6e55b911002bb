"""Settings of what programs and other houses reach: read from the environment, imports nothing."""

import os

# Requests of one token in a minute; one address without a token gets a tenth.
API_PER_MINUTE = int(os.environ.get("TINGSU_API_PER_MINUTE", "600"))
# Webhooks, robots and gateways may lie in private networks and on this machine. Off: an address
# inside is refused, so that nobody makes us knock at our own doors.
OUTSIDE_MAY_BE_INSIDE = os.environ.get("TINGSU_HOOKS_INSIDE", "") in {"1", "true", "yes", "on"}

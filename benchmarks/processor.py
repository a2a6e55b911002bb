"""Processor time of processes: a figure that others on the machine spoil less than a duration."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent(*pids: int) -> float:
    """Seconds that these processes have used so far."""
    return sum(map(_spent, pids)) / TICKS


def _spent(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:  # a helper that has just ended
        return 0
    return int(fields[11]) + int(fields[12])

"""Existing records from files (IN-11): CSV, XLSX and JSONL become cases by the real receive.

A file is looked through (``jobs.upload``), its columns are chosen (``jobs.choose``), shown as
what they would become (``preview``), brought in by the worker (``sweep``) or by the command
(``run``), and what was refused is handed back as a file (``refused``).
"""

from tingsu.channels.file.command import command, run
from tingsu.channels.file.sweeping import sweep

__all__ = ["command", "run", "sweep"]

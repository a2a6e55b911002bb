"""Tables of the case file: columns, indexes, constraints; no decisions."""

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.approval import Approval, Signature
from tingsu.cases.models.case import Case, Counter
from tingsu.cases.models.desk import Draft, Presence, SavedFilter
from tingsu.cases.models.document import Document, DocumentWording, Serving
from tingsu.cases.models.learned import Learned
from tingsu.cases.models.mark import CaseMark
from tingsu.cases.models.notice import CalendarNotice, ClockMove
from tingsu.cases.models.outbox import Letter
from tingsu.cases.models.party import Look, Party, WatchEntry
from tingsu.cases.models.remedy import Calculation
from tingsu.cases.models.screening import Joined, Screening
from tingsu.cases.models.timeline import Attachment, Event
from tingsu.cases.models.work import Clock, Link, Promise, Task

__all__ = [
    "Approval",
    "Attachment",
    "Calculation",
    "CalendarNotice",
    "Case",
    "CaseMark",
    "Clock",
    "ClockMove",
    "Counter",
    "Document",
    "DocumentWording",
    "Draft",
    "Event",
    "Joined",
    "Learned",
    "Letter",
    "Link",
    "Look",
    "Party",
    "Presence",
    "Promise",
    "SavedFilter",
    "Screening",
    "Sealed",
    "Serving",
    "Signature",
    "Task",
    "WatchEntry",
    "sealed_column",
]

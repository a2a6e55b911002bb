"""Tables of the case file: columns, indexes, constraints; no decisions."""

from tingsu.cases._sealed import Sealed, sealed_column, vault
from tingsu.cases.models.after import ArchiveEntry, CallBack, Leftover
from tingsu.cases.models.approval import Approval, Signature
from tingsu.cases.models.case import Case, Counter
from tingsu.cases.models.desk import Draft, Presence, SavedFilter
from tingsu.cases.models.document import Document, DocumentWording, Serving
from tingsu.cases.models.ending import (
    Agreement,
    CheckAsked,
    Decision,
    Mediation,
    MediationSession,
    Obligation,
    Performance,
)
from tingsu.cases.models.imprint import Imprint, Layout
from tingsu.cases.models.investigation import (
    AnswerLink,
    Dispute,
    Evidence,
    Expert,
    InquiryPoint,
    Investigator,
    Issue,
    Minutes,
    RespondentAnswer,
    Tie,
)
from tingsu.cases.models.learned import Learned
from tingsu.cases.models.machine import MachineText
from tingsu.cases.models.mark import CaseMark
from tingsu.cases.models.notice import CalendarNotice, ClockMove
from tingsu.cases.models.outbox import Letter
from tingsu.cases.models.party import Look, Party, WatchEntry
from tingsu.cases.models.plan import BottomLine, Offer, RemedyPlan
from tingsu.cases.models.remedy import Calculation
from tingsu.cases.models.screening import Joined, Screening
from tingsu.cases.models.sharing import Handover, Responsibility
from tingsu.cases.models.signing import Signing
from tingsu.cases.models.solution import SayingUse, Solution, SolutionUse
from tingsu.cases.models.surge import Surge
from tingsu.cases.models.timeline import Attachment, Event
from tingsu.cases.models.work import Clock, Link, Promise, PromiseFigure, Task

__all__ = [
    "Agreement",
    "AnswerLink",
    "Approval",
    "ArchiveEntry",
    "Attachment",
    "BottomLine",
    "Calculation",
    "CalendarNotice",
    "CallBack",
    "Case",
    "CaseMark",
    "CheckAsked",
    "Clock",
    "ClockMove",
    "Counter",
    "Decision",
    "Dispute",
    "Document",
    "DocumentWording",
    "Draft",
    "Event",
    "Evidence",
    "Expert",
    "Handover",
    "Imprint",
    "InquiryPoint",
    "Investigator",
    "Issue",
    "Joined",
    "Layout",
    "Learned",
    "Leftover",
    "Letter",
    "Link",
    "Look",
    "MachineText",
    "Mediation",
    "MediationSession",
    "Minutes",
    "Obligation",
    "Offer",
    "Party",
    "Performance",
    "Presence",
    "Promise",
    "PromiseFigure",
    "RemedyPlan",
    "RespondentAnswer",
    "Responsibility",
    "SavedFilter",
    "SayingUse",
    "Screening",
    "Sealed",
    "Serving",
    "Signature",
    "Signing",
    "Solution",
    "SolutionUse",
    "Surge",
    "Task",
    "Tie",
    "WatchEntry",
    "sealed_column",
    "vault",
]

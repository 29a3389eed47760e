"""The rows of the app, a family a file."""

from blocs.models.agency import Agency, AgencyName, Membership
from blocs.models.bloc import Bloc, BlocYear, EmulationYear, Extension, Milestone, Monitor, Partition, Subgroup
from blocs.models.covenant import Clause, Covenant, Signature, Target, TargetValue
from blocs.models.handover import Handover, HandoverItem
from blocs.models.movement import Movement
from blocs.models.opinion import Opinion
from blocs.models.paper import BlocPaper
from blocs.models.result import ReportedFigure, ReportedPlace, ReportedResult
from blocs.models.seat import Seat, SeatConfirmation
from blocs.models.standing import Place, Standing
from blocs.models.succession import AgencySuccession, SuccessionLine, SuccessionParty
from blocs.models.term import LeadershipTerm, NextLeader

__all__ = [
    "Agency",
    "AgencyName",
    "AgencySuccession",
    "Bloc",
    "BlocPaper",
    "BlocYear",
    "Clause",
    "Covenant",
    "EmulationYear",
    "Extension",
    "Handover",
    "HandoverItem",
    "LeadershipTerm",
    "Membership",
    "Milestone",
    "Monitor",
    "Movement",
    "NextLeader",
    "Opinion",
    "Partition",
    "Place",
    "ReportedFigure",
    "ReportedPlace",
    "ReportedResult",
    "Seat",
    "SeatConfirmation",
    "Signature",
    "Standing",
    "Subgroup",
    "SuccessionLine",
    "SuccessionParty",
    "Target",
    "TargetValue",
]

"""The rows of the app, a family a file."""

from blocs.models.agency import Agency, AgencyName, Membership
from blocs.models.bloc import Bloc, BlocYear, EmulationYear, Milestone, Monitor, Partition, Subgroup
from blocs.models.covenant import Target
from blocs.models.movement import Movement
from blocs.models.result import ReportedFigure, ReportedPlace, ReportedResult
from blocs.models.seat import Seat
from blocs.models.term import LeadershipTerm, NextLeader

__all__ = [
    "Agency",
    "AgencyName",
    "Bloc",
    "BlocYear",
    "EmulationYear",
    "LeadershipTerm",
    "Membership",
    "Milestone",
    "Monitor",
    "Movement",
    "NextLeader",
    "Partition",
    "ReportedFigure",
    "ReportedPlace",
    "ReportedResult",
    "Seat",
    "Subgroup",
    "Target",
]

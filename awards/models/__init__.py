"""The rows of the app, a family a file."""

from awards.models.catalogue import AwardKind, CommendationKind, LegalBasis, LegalDocument, RequiredPaper, SubjectKind
from awards.models.decision import Decision, DecisionLine, Grant, Revocation
from awards.models.nomination import Attachment, Finding, Hold, Nomination
from awards.models.person import Person
from awards.models.submission import Appraisal, Submission

__all__ = [
    "Appraisal",
    "Attachment",
    "AwardKind",
    "CommendationKind",
    "Decision",
    "DecisionLine",
    "Finding",
    "Grant",
    "Hold",
    "LegalBasis",
    "LegalDocument",
    "Nomination",
    "Person",
    "RequiredPaper",
    "Revocation",
    "SubjectKind",
    "Submission",
]

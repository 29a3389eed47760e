"""One factory per model, no surprises: names that read well, nothing made that was not asked for.

Events are no factory's business: `core.audit.act` alone writes them.
"""

import datetime as dt
import functools
from typing import Any

import factory
from factory.django import DjangoModelFactory

from awards.domain.decision import number_key
from awards.enums import DecisionState, NominationState, Route, SubmissionState, Verdict
from awards.models import (
    Appraisal,
    Attachment,
    AwardKind,
    CommendationKind,
    Decision,
    DecisionLine,
    Finding,
    Grant,
    Hold,
    LegalBasis,
    LegalDocument,
    Nomination,
    Person,
    RequiredPaper,
    Revocation,
    SubjectKind,
    Submission,
)
from blocs.enums import (
    HandoverState,
    LeadershipRole,
    MilestoneKind,
    MonitorRole,
    PaperChange,
    PaperKind,
    PaperState,
    ResultStage,
    SeatCapacity,
    SignatureWay,
    SignsAs,
    StandingState,
    SuccessionKind,
    SuccessionSide,
)
from blocs.models import (
    Agency,
    AgencyName,
    AgencySuccession,
    Bloc,
    BlocPaper,
    BlocYear,
    Clause,
    Covenant,
    EmulationYear,
    Extension,
    Handover,
    HandoverItem,
    LeadershipTerm,
    Membership,
    Milestone,
    Monitor,
    Movement,
    NextLeader,
    Opinion,
    Partition,
    Place,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Seat,
    SeatConfirmation,
    Signature,
    Standing,
    Subgroup,
    SuccessionLine,
    SuccessionParty,
    Target,
    TargetValue,
)
from emulation.accounts.models import User
from emulation.core import clock, files
from emulation.core.models import (
    Document,
    DocumentKind,
    FileKind,
    Job,
    Province,
    SignedPaper,
    StoredFile,
    label_of,
)
from emulation.core.vietnamese import fold, sort_key
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.models import ImportBatch, ParkedRow
from emulation.desk.renderers.workbook import book
from emulation.reports.enums import NarrativeSection, TemplateState
from emulation.reports.models import DocumentTemplate, Narrative
from emulation.reports.papers.forms import FORMS

PASSWORD = "mat-khau-thu-2026"


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province
        django_get_or_create = ("pk",)

    pk = 1
    name = "tỉnh Sông Lam"
    place = "Sông Lam"
    authority = "UBND tỉnh Sông Lam"
    board_label = "Phòng Thi đua - Khen thưởng, Sở Nội vụ"
    phone = "0238 3 000 111"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("nguoi-dung-{}".format)
    full_name = factory.Sequence("Nguyễn Thị Thử {}".format)
    password = factory.django.Password(PASSWORD)


class StoredFileFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    name = "bao-cao.pdf"
    kind = FileKind.PDF
    content = b"%PDF-1.7\n%%EOF\n"

    @classmethod
    def _create(cls, model_class: Any, *_: Any, **values: Any) -> StoredFile:
        return files.store(**values)


class SignedPaperFactory(DjangoModelFactory):
    class Meta:
        model = SignedPaper

    number = factory.Sequence("{}/QĐ-UBND".format)
    dated_on = dt.date(2026, 1, 15)
    issuer = "UBND tỉnh Sông Lam"


class EmulationYearFactory(DjangoModelFactory):
    class Meta:
        model = EmulationYear
        django_get_or_create = ("label", "kind")

    label = "2026"
    kind = "calendar"


class PartitionFactory(DjangoModelFactory):
    class Meta:
        model = Partition

    title = "Về việc chia khối thi đua"
    paper = factory.SubFactory(SignedPaperFactory)


class BlocFactory(DjangoModelFactory):
    class Meta:
        model = Bloc

    locality = ""


class BlocYearFactory(DjangoModelFactory):
    class Meta:
        model = BlocYear

    bloc = factory.SubFactory(BlocFactory)
    year = factory.SubFactory(EmulationYearFactory)
    name = factory.Sequence("Khối thi đua số {}".format)
    number = ""
    search_key = factory.LazyAttribute(lambda row: fold(f"{row.name} {row.number}"))
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))


class SubgroupFactory(DjangoModelFactory):
    class Meta:
        model = Subgroup

    bloc_year = factory.SubFactory(BlocYearFactory)
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence("Nhóm {}".format)


class AgencyNameFactory(DjangoModelFactory):
    class Meta:
        model = AgencyName

    agency = factory.SubFactory("tests.factories.AgencyFactory", names=None)
    full = factory.SelfAttribute("agency.name")


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency
        skip_postgeneration_save = True

    name = factory.Sequence("Sở thứ {}".format)
    kind = "department"
    search_key = factory.LazyAttribute(lambda row: fold(row.name))
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))
    names = factory.RelatedFactory(AgencyNameFactory, factory_related_name="agency")


class _Named(DjangoModelFactory):
    """A row about an agency under its present name."""

    class Meta:
        abstract = True

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    name = factory.LazyAttribute(lambda row: row.agency.names.get(valid_to=None))


class MembershipFactory(_Named):
    class Meta:
        model = Membership

    position = factory.Sequence(lambda n: n + 1)


class LeadershipTermFactory(_Named):
    class Meta:
        model = LeadershipTerm

    role = LeadershipRole.LEADER


class NextLeaderFactory(_Named):
    class Meta:
        model = NextLeader

    role = LeadershipRole.LEADER
    stated = "bầu"


class ReportedPlaceFactory(_Named):
    class Meta:
        model = ReportedPlace

    place = 1


class ReportedResultFactory(DjangoModelFactory):
    class Meta:
        model = ReportedResult

    bloc_year = factory.SubFactory(BlocYearFactory)
    number = factory.Sequence(lambda n: n + 1)
    agency = None
    name = factory.LazyAttribute(lambda row: row.agency.names.get(valid_to=None) if row.agency else None)
    award_text = "Cờ thi đua của UBND tỉnh"
    stage = ResultStage.PROPOSED


class ReportedFigureFactory(DjangoModelFactory):
    class Meta:
        model = ReportedFigure

    bloc_year = factory.SubFactory(BlocYearFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = "Cơ quan hoàn thành tốt nhiệm vụ"
    part = 9
    whole = 9


class MovementFactory(DjangoModelFactory):
    class Meta:
        model = Movement

    bloc_year = factory.SubFactory(BlocYearFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Cả nước chung sức xây dựng nông thôn mới"


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    bloc_year = factory.SubFactory(BlocYearFactory)
    number = factory.Sequence(lambda n: n + 1)
    indicator = "Tỷ lệ hồ sơ giải quyết đúng hạn"
    unit = "%"


class BlocPaperFactory(DjangoModelFactory):
    class Meta:
        model = BlocPaper

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = PaperKind.PLAN
    version = 1
    state = PaperState.DRAFT
    change = factory.LazyAttribute(lambda row: PaperChange.FIRST if row.version == 1 else PaperChange.AMENDMENT)
    title = factory.LazyAttribute(lambda row: f"{PaperKind(row.kind).label} năm {row.bloc_year.year.label}")
    body = "Nội dung."
    passed_on = factory.LazyAttribute(lambda row: dt.date(2026, 2, 17) if row.state in {"passed", "signed"} else None)
    none_reason = factory.LazyAttribute(lambda row: "Khối dùng quy chế chung." if row.state == "none" else "")


class OpinionFactory(DjangoModelFactory):
    class Meta:
        model = Opinion

    paper = factory.SubFactory(BlocPaperFactory, kind=PaperKind.REPORT, state=PaperState.CIRCULATED, body="")
    membership = factory.SubFactory(MembershipFactory, bloc_year=factory.SelfAttribute("..paper.bloc_year"))
    text = "Bổ sung số liệu so với năm trước."


class NarrativeFactory(DjangoModelFactory):
    class Meta:
        model = Narrative

    paper = factory.SubFactory(BlocPaperFactory, kind=PaperKind.REPORT, body="")
    section = NarrativeSection.LIMITS
    text = "Một số đơn vị gửi báo cáo chậm."
    revision = 1


class CovenantFactory(DjangoModelFactory):
    """A covenant with its paper; `state` and `bloc_year` are the paper's."""

    class Meta:
        model = Covenant
        exclude = ("bloc_year", "state", "version")

    bloc_year = factory.SubFactory(BlocYearFactory)
    state = PaperState.DRAFT
    version = 1
    paper = factory.SubFactory(
        BlocPaperFactory,
        kind=PaperKind.COVENANT,
        bloc_year=factory.SelfAttribute("..bloc_year"),
        state=factory.SelfAttribute("..state"),
        version=factory.SelfAttribute("..version"),
    )
    theme = "Đoàn kết, sáng tạo"


class ClauseFactory(DjangoModelFactory):
    class Meta:
        model = Clause

    covenant = factory.SubFactory(CovenantFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "Hoàn thành tốt nhiệm vụ được giao."


class TargetValueFactory(DjangoModelFactory):
    class Meta:
        model = TargetValue

    target = factory.SubFactory(TargetFactory)
    membership = factory.SubFactory(MembershipFactory, bloc_year=factory.SelfAttribute("..target.bloc_year"))


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = Signature

    paper = factory.SubFactory(BlocPaperFactory, kind=PaperKind.COVENANT, state=PaperState.SIGNING)
    membership = factory.SubFactory(MembershipFactory, bloc_year=factory.SelfAttribute("..paper.bloc_year"))
    way = SignatureWay.PAPER
    signer_name = "Nguyễn Thị Thử"
    signer_title = "Giám đốc"
    signed_on = dt.date(2026, 3, 15)
    signed_paper = factory.SubFactory(SignedPaperFactory)


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = Standing

    bloc_year = factory.SubFactory(BlocYearFactory)
    version = 1
    state = StandingState.PROVISIONAL
    decided_on = dt.date(2026, 11, 20)
    published_at = factory.LazyAttribute(lambda row: clock.now() if row.state in {"published", "superseded"} else None)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    standing = factory.SubFactory(StandingFactory)
    membership = factory.SubFactory(MembershipFactory, bloc_year=factory.SelfAttribute("..standing.bloc_year"))
    place = 1


class HandoverFactory(DjangoModelFactory):
    class Meta:
        model = Handover

    state = HandoverState.DRAFT
    bloc_year = factory.SubFactory(BlocYearFactory)
    giver = factory.SubFactory(AgencyFactory)
    giver_name = factory.LazyAttribute(lambda row: row.giver.names.get(valid_to=None))
    receiver = factory.SubFactory(AgencyFactory)
    receiver_name = factory.LazyAttribute(lambda row: row.receiver.names.get(valid_to=None))
    handed_on = factory.LazyAttribute(lambda row: dt.date(2026, 12, 20) if row.state == "handed" else None)


class HandoverItemFactory(DjangoModelFactory):
    class Meta:
        model = HandoverItem

    handover = factory.SubFactory(HandoverFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Kế hoạch hoạt động của Khối"


class AgencySuccessionFactory(DjangoModelFactory):
    class Meta:
        model = AgencySuccession

    kind = SuccessionKind.MERGE
    happened_on = dt.date(2026, 6, 1)


class SuccessionPartyFactory(DjangoModelFactory):
    class Meta:
        model = SuccessionParty

    succession = factory.SubFactory(AgencySuccessionFactory)
    side = SuccessionSide.OLD
    agency = factory.SubFactory(AgencyFactory)


class SuccessionLineFactory(DjangoModelFactory):
    class Meta:
        model = SuccessionLine

    succession = factory.SubFactory(AgencySuccessionFactory)
    number = factory.Sequence(lambda n: n + 1)
    part = "memberships"
    subject_label = "blocs.membership"
    subject_id = 1
    title = "Đơn vị thành viên Khối thi đua"
    choice = "replace"
    outcome = "Thay bằng đơn vị mới."


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = MilestoneKind.PLAN


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    user = factory.SubFactory(UserFactory)
    capacity = SeatCapacity.OFFICER
    agency = factory.Maybe(
        factory.LazyAttribute(lambda row: row.capacity in {"officer", "account_manager", "signer"}),
        factory.SubFactory(AgencyFactory),
        None,
    )
    title = "Chuyên viên"
    signs_as = factory.LazyAttribute(lambda row: SignsAs.HEAD if row.capacity == SeatCapacity.SIGNER else "")
    starts_on = dt.date(2020, 1, 1)


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    milestone = factory.SubFactory(MilestoneFactory)
    due_on = dt.date(2026, 7, 15)
    reason = "Chờ hướng dẫn của Hội đồng."


class SeatConfirmationFactory(DjangoModelFactory):
    class Meta:
        model = SeatConfirmation

    seat = factory.SubFactory(SeatFactory)
    year = factory.SubFactory(EmulationYearFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(clock.now)


class MonitorFactory(DjangoModelFactory):
    class Meta:
        model = Monitor

    bloc_year = factory.SubFactory(BlocYearFactory)
    role = MonitorRole.COUNCIL
    seat = factory.SubFactory(SeatFactory, capacity=SeatCapacity.COUNCIL)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document
        exclude = ("bloc_year",)

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = DocumentKind.YEAR_REPORT
    subject_label = label_of(BlocYear)
    subject_id = factory.LazyAttribute(lambda row: row.bloc_year.pk)
    version = 1
    inputs_hash = "0" * 64
    summary = "{}"
    pdf = factory.SubFactory(StoredFileFactory)
    docx = factory.SubFactory(StoredFileFactory, name="bao-cao.docx", kind=FileKind.DOCX, content=b"PK")


class DocumentTemplateFactory(DjangoModelFactory):
    """A version of the office's own template: the built-in one, not tried yet."""

    class Meta:
        model = DocumentTemplate

    kind = DocumentKind.DECISION
    state = TemplateState.DRAFT
    version = factory.Sequence(lambda n: n + 1)
    file = factory.SubFactory(
        StoredFileFactory,
        name="mau.docx",
        kind=FileKind.DOCX,
        content=factory.LazyFunction(FORMS[DocumentKind.DECISION].docx.read_bytes),
    )
    active_from = factory.LazyAttribute(lambda row: row.tried_at if row.state == "active" else None)


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job
        exclude = ("bloc_year",)

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = "year_report"
    subject_label = label_of(BlocYear)
    subject_id = factory.LazyAttribute(lambda row: row.bloc_year.pk)


@functools.cache
def example_book() -> bytes:
    """The example of the workbook's own sheet, as a file; made once."""
    return book(EXAMPLE)


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ImportBatch

    file = factory.SubFactory(
        StoredFileFactory, name="khoi.xlsx", kind=FileKind.XLSX, content=factory.LazyFunction(example_book)
    )
    uploaded_by = factory.SubFactory(UserFactory)


class ParkedRowFactory(DjangoModelFactory):
    class Meta:
        model = ParkedRow

    batch = factory.SubFactory(
        ImportBatchFactory,
        state="confirmed",
        confirmed_at=factory.LazyFunction(clock.now),
        bloc_year=factory.SubFactory(BlocYearFactory),
    )
    sheet = "members"
    number = factory.Sequence(lambda n: n + 2)
    title = "Sở chưa rõ"
    cells = '{"agency": ["C2", "Sở chưa rõ"]}'
    reason = "Không có đơn vị nào tên như vậy."


class SubjectKindFactory(DjangoModelFactory):
    class Meta:
        model = SubjectKind
        django_get_or_create = ("slug",)

    slug = "tap_the"
    name = "Tập thể"


class CommendationKindFactory(DjangoModelFactory):
    class Meta:
        model = CommendationKind
        django_get_or_create = ("slug",)

    slug = "cong_trang"
    name = "Khen thưởng công trạng"


class AwardKindFactory(DjangoModelFactory):
    """An award of the catalogue by its slug; what is not there is made new."""

    class Meta:
        model = AwardKind
        django_get_or_create = ("slug",)

    slug = "co_tinh"
    name = "“Cờ thi đua của Ủy ban nhân dân tỉnh”"
    nature = "title"
    level = "province"


class RequiredPaperFactory(DjangoModelFactory):
    class Meta:
        model = RequiredPaper

    award = factory.SubFactory(AwardKindFactory)
    title = factory.Sequence("Giấy tờ số {}".format)


class LegalDocumentFactory(DjangoModelFactory):
    class Meta:
        model = LegalDocument

    slug = factory.Sequence("qd-{}-2026".format)
    number = factory.Sequence("Quyết định số {}/2026/QĐ-UBND".format)
    title = "Quy định về công tác thi đua, khen thưởng"


class LegalBasisFactory(DjangoModelFactory):
    class Meta:
        model = LegalBasis

    use = "decision"
    text = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence("Trần Văn Thử {}".format)
    position = "Phó Trưởng phòng"
    agency = factory.SubFactory(AgencyFactory)
    search_key = factory.LazyAttribute(lambda row: fold(row.name))
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))


class NominationFactory(DjangoModelFactory):
    """Of an agency through its bloc; with `person` and another route, of a person."""

    class Meta:
        model = Nomination

    route = Route.VIA_BLOC
    year = factory.LazyAttribute(lambda row: row.bloc_year.year if row.bloc_year else EmulationYearFactory())
    bloc_year = factory.LazyAttribute(lambda row: BlocYearFactory() if row.route == Route.VIA_BLOC else None)
    person = None
    agency = factory.LazyAttribute(lambda row: None if row.person else AgencyFactory())
    name = factory.LazyAttribute(lambda row: row.agency.names.get(valid_to=None) if row.agency else None)
    owner = factory.LazyAttribute(lambda row: row.person.agency if row.person else row.agency)
    subject_name = factory.LazyAttribute(lambda row: row.person.name if row.person else row.agency.name)
    award = factory.SubFactory(AwardKindFactory)


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    nomination = factory.SubFactory(NominationFactory)
    title = "Báo cáo thành tích"
    file = factory.SubFactory(StoredFileFactory)


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    nomination = factory.SubFactory(NominationFactory)
    text = "Thiếu biên bản bình xét."


class HoldFactory(DjangoModelFactory):
    class Meta:
        model = Hold

    nomination = factory.SubFactory(NominationFactory)
    reason = "Đang xác minh đơn phản ánh."
    held_by = factory.SubFactory(UserFactory)


class SubmissionFactory(DjangoModelFactory):
    """Of a bloc; with `bloc_year=None` of an agency."""

    class Meta:
        model = Submission

    bloc_year = factory.SubFactory(BlocYearFactory)
    year = factory.LazyAttribute(lambda row: row.bloc_year.year if row.bloc_year else EmulationYearFactory())
    agency = factory.SubFactory(AgencyFactory)
    title = "Đề nghị khen thưởng năm 2026"
    sent_at = factory.LazyAttribute(lambda row: None if row.state == "draft" else clock.now())
    received_as = factory.LazyAttribute(lambda row: "paper" if row.received_on else "")
    state = SubmissionState.DRAFT
    received_on = factory.LazyAttribute(
        lambda row: dt.date(2026, 11, 25) if row.state in {"received", "appraised", "decided"} else None
    )


class AppraisalFactory(DjangoModelFactory):
    class Meta:
        model = Appraisal

    nomination = factory.SubFactory(NominationFactory)
    verdict = Verdict.FIT
    appraised_by = factory.SubFactory(UserFactory)
    appraised_at = factory.LazyFunction(clock.now)


class DecisionFactory(DjangoModelFactory):
    """A draft; with `state` "numbered" or "issued" it has number and day."""

    class Meta:
        model = Decision

    year = factory.SubFactory(EmulationYearFactory)
    state = DecisionState.DRAFT
    title = "Về việc tặng Cờ thi đua của Ủy ban nhân dân tỉnh"
    issuer = "UBND tỉnh Sông Lam"
    number = factory.Sequence(lambda n: f"{n}/QĐ-UBND")
    dated_on = dt.date(2026, 12, 20)
    number_year = factory.LazyAttribute(lambda row: row.dated_on.year if row.dated_on else None)
    number_key = factory.LazyAttribute(lambda row: number_key(row.issuer, row.number))
    search_key = factory.LazyAttribute(lambda row: fold(f"{row.number} {row.title} {row.issuer}"))
    issued_at = factory.LazyAttribute(lambda row: clock.now() if row.state == "issued" else None)


class DecisionLineFactory(DjangoModelFactory):
    class Meta:
        model = DecisionLine

    decision = factory.SubFactory(DecisionFactory)
    nomination = factory.SubFactory(NominationFactory, state=NominationState.APPROVED)
    agency = factory.SelfAttribute("nomination.agency")
    name = factory.SelfAttribute("nomination.name")
    person = factory.SelfAttribute("nomination.person")
    subject_name = factory.SelfAttribute("nomination.subject_name")
    award = factory.SelfAttribute("nomination.award")
    position = factory.Sequence(lambda n: n + 1)


class GrantFactory(DjangoModelFactory):
    """An award given by an issued decision to what its line names."""

    class Meta:
        model = Grant

    line = factory.SubFactory(DecisionLineFactory, decision__state=DecisionState.ISSUED)
    decision = factory.SelfAttribute("line.decision")
    award = factory.SelfAttribute("line.award")
    year = factory.SelfAttribute("line.decision.year")
    bloc_year = factory.LazyAttribute(lambda row: row.line.nomination.bloc_year if row.line.nomination else None)
    agency = factory.SelfAttribute("line.agency")
    person = factory.SelfAttribute("line.person")
    owner = factory.LazyAttribute(lambda row: row.person.agency if row.person else row.agency)
    subject_name = factory.SelfAttribute("line.subject_name")
    search_key = factory.LazyAttribute(lambda row: fold(row.subject_name))
    granted_on = factory.SelfAttribute("decision.dated_on")


class RevocationFactory(DjangoModelFactory):
    class Meta:
        model = Revocation

    grant = factory.SubFactory(GrantFactory, is_revoked=True)
    paper = factory.SubFactory(SignedPaperFactory)
    revoked_on = dt.date(2027, 1, 20)
    reason = "Kê khai không đúng thành tích."

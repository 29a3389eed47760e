"""One factory per model, no surprises: names that read well, nothing made that was not asked for.

Events are no factory's business: `core.audit.act` alone writes them.
"""

import datetime as dt
import functools
from typing import Any

import factory
from factory.django import DjangoModelFactory

from blocs.enums import LeadershipRole, MilestoneKind, MonitorRole, ResultStage, SeatCapacity, SignsAs
from blocs.models import (
    Agency,
    AgencyName,
    Bloc,
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    Milestone,
    Monitor,
    Movement,
    NextLeader,
    Partition,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Seat,
    Subgroup,
    Target,
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

"""The seeded province every permission test uses: all roles, all states, one paper and one job of each kind.

The bloc year `running` (Khối A, 2026) is the one every role is described by: its leader, its deputy, its members.
`stranger` belongs to Khối B. `outgoing` led Khối A in 2025 and is a member in 2026.
"""

import datetime as dt
import functools
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.test import Client

from blocs.enums import BlocYearState, LeadershipRole, MilestoneKind, SeatCapacity, SignsAs, StandingState
from blocs.models import Agency, AgencySuccession, BlocYear, EmulationYear, Handover, Membership, Seat, Standing
from emulation.accounts.models import User
from emulation.accounts.queries import ANONYMOUS, actor_for, open_seats
from emulation.core.access import Actor
from emulation.core.admin_site import ADMINISTRATORS
from emulation.core.models import Document, DocumentKind, FileKind, Job, JobState, Province, StoredFile, label_of
from emulation.desk.models import ImportBatch, ParkedRow
from tests import factories as make
from tests.blocs.people import book_of

ROLES = (
    "anonymous", "board_head", "board_specialist", "leader", "deputy", "member", "signer", "signer_kt",
    "account_manager", "council", "admin", "outgoing", "no_seat", "ended_seat", "stranger",
)  # fmt: skip
SEATED = tuple(role for role in ROLES if role not in {"anonymous", "admin", "no_seat", "ended_seat"})
BOARD = ("board_head", "board_specialist")


@dataclass
class World:
    """Everything a test asks for by name."""

    province: Province
    years: dict[str, EmulationYear]
    agencies: dict[str, Agency]
    bloc_years: dict[str, BlocYear]
    users: dict[str, User] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    papers: dict[str, Document] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    batches: dict[str, ImportBatch] = field(default_factory=dict)
    parked: ParkedRow | None = None
    people_file: StoredFile | None = None
    handover: Handover | None = None
    standings: dict[str, Standing] = field(default_factory=dict)
    successions: dict[str, AgencySuccession] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """Return the actor the role is after login; its only seat is the chosen one."""
        user = self.users.get(role)
        if user is None:
            return ANONYMOUS
        return actor_for(user, next(iter(open_seats(user)), None))

    def client(self, role: str) -> Client:
        """Return a browser in which the role is logged in."""
        client = Client()
        if role in self.users:
            client.force_login(self.users[role])
        return client


@functools.cache
def people_book() -> bytes:
    """Return a list of one new person, as a file; made once."""
    return book_of([["Sở Tài chính", "Lê Thị Mới", "Chuyên viên", "Đầu mối của đơn vị"]])


def build() -> World:
    """Make the province."""
    years = {label: make.EmulationYearFactory(label=label) for label in ("2025", "2026", "2027")}
    names = {
        "leader": "Văn phòng UBND tỉnh",
        "deputy": "Sở Nội vụ",
        "member": "Sở Tài chính",
        "outgoing": "Sở Xây dựng",
        "stranger": "Hội Nông dân tỉnh",
        "beside": "Hội Cựu chiến binh tỉnh",
    }
    agencies = {key: make.AgencyFactory(name=name) for key, name in names.items()}
    world = World(make.ProvinceFactory(), years, agencies, _bloc_years(years))
    _leadership(world)
    _people(world)
    _contents(world)
    _papers(world)
    _standings(world)
    _successions(world)
    return world


def _bloc_years(years: dict[str, EmulationYear]) -> dict[str, BlocYear]:
    bloc = make.BlocFactory(code="KHOI-A")

    def of(year: str, name: str, state: BlocYearState, **values: object) -> BlocYear:
        return make.BlocYearFactory(year=years[year], name=name, state=state, **values)

    return {
        "closed": of("2025", "Khối thi đua A", BlocYearState.CLOSED, bloc=bloc),
        "running": of("2026", "Khối thi đua A", BlocYearState.RUNNING, bloc=bloc),
        "preparing": of("2027", "Khối thi đua A", BlocYearState.PREPARING, bloc=bloc),
        "scoring": of("2026", "Khối thi đua B", BlocYearState.SCORING),
        "concluded": of("2026", "Khối thi đua C", BlocYearState.CONCLUDED),
    }


def _leadership(world: World) -> None:
    agencies, bloc_years = world.agencies, world.bloc_years
    for key in ("leader", "deputy", "member", "outgoing"):
        for year in ("closed", "running"):
            make.MembershipFactory(bloc_year=bloc_years[year], agency=agencies[key])
    make.LeadershipTermFactory(bloc_year=bloc_years["closed"], agency=agencies["outgoing"])
    make.LeadershipTermFactory(bloc_year=bloc_years["running"], agency=agencies["leader"])
    make.LeadershipTermFactory(bloc_year=bloc_years["running"], agency=agencies["deputy"], role=LeadershipRole.DEPUTY)
    for key in ("stranger", "beside"):
        make.MembershipFactory(bloc_year=bloc_years["scoring"], agency=agencies[key])
    make.LeadershipTermFactory(bloc_year=bloc_years["scoring"], agency=agencies["beside"])


def _people(world: World) -> None:
    officer, signer = SeatCapacity.OFFICER, SeatCapacity.SIGNER
    chairs = {
        "board_head": (SeatCapacity.BOARD_HEAD, None, "Trưởng phòng"),
        "board_specialist": (SeatCapacity.BOARD_SPECIALIST, None, "Chuyên viên"),
        "leader": (officer, "leader", "Phó Chánh Văn phòng"),
        "deputy": (officer, "deputy", "Chuyên viên"),
        "member": (officer, "member", "Chuyên viên"),
        "signer": (signer, "member", "Giám đốc"),
        "signer_kt": (signer, "member", "Phó Giám đốc"),
        "account_manager": (SeatCapacity.ACCOUNT_MANAGER, "member", "Văn thư"),
        "council": (SeatCapacity.COUNCIL, None, "Phó Chủ tịch Hội đồng"),
        "outgoing": (officer, "outgoing", "Chuyên viên"),
        "ended_seat": (officer, "member", "Chuyên viên"),
        "stranger": (officer, "stranger", "Chuyên viên"),
    }
    for role in ROLES:
        if role != "anonymous":
            world.users[role] = make.UserFactory(username=role, is_staff=role == "admin")
    world.users["admin"].groups.add(Group.objects.get_or_create(name=ADMINISTRATORS)[0])
    for role, (capacity, agency, title) in chairs.items():
        world.seats[role] = make.SeatFactory(
            user=world.users[role],
            capacity=capacity,
            agency=world.agencies[agency] if agency else None,
            title=title,
            signs_as={"signer": SignsAs.HEAD, "signer_kt": SignsAs.KT}.get(role, ""),
            ends_on=dt.date(2021, 1, 1) if role == "ended_seat" else None,
        )
    make.MonitorFactory(bloc_year=world.bloc_years["running"], seat=world.seats["council"])


def _contents(world: World) -> None:
    """Fill Khối A of 2026: a page that is empty proves little."""
    bloc_year, agencies = world.bloc_years["running"], world.agencies
    make.MilestoneFactory(
        bloc_year=bloc_year, kind=MilestoneKind.PLAN, due_on=dt.date(2026, 2, 20), done_on=dt.date(2026, 2, 17)
    )
    make.MilestoneFactory(bloc_year=bloc_year, kind=MilestoneKind.SELF_SCORE, due_on=dt.date(2026, 10, 30))
    make.ReportedPlaceFactory(bloc_year=bloc_year, agency=agencies["member"], place=1)
    make.ReportedResultFactory(bloc_year=bloc_year, agency=agencies["member"])
    make.ReportedResultFactory(bloc_year=bloc_year, how_many=3, award_text="Bằng khen của Chủ tịch UBND tỉnh")
    make.MovementFactory(bloc_year=bloc_year)
    make.TargetFactory(bloc_year=bloc_year)
    make.ReportedFigureFactory(bloc_year=bloc_year)
    make.NextLeaderFactory(bloc_year=bloc_year, agency=agencies["deputy"])
    world.handover = make.HandoverFactory(bloc_year=bloc_year, giver=agencies["deputy"], receiver=agencies["outgoing"])


def _papers(world: World) -> None:
    bloc_year, year = world.bloc_years["running"], world.years["2026"]
    at = dt.datetime(2026, 11, 1, 2, tzinfo=dt.UTC)
    scan = make.StoredFileFactory(name="ban-ky.pdf")
    world.papers["report"] = make.DocumentFactory(bloc_year=bloc_year, signed_scan=scan)
    world.papers["draft"] = make.DocumentFactory(bloc_year=bloc_year, kind=DocumentKind.COVENANT, is_draft=True)
    world.jobs["draft"] = make.JobFactory(
        bloc_year=bloc_year,
        kind=DocumentKind.COVENANT,
        state=JobState.READY,
        finished_at=at,
        document=world.papers["draft"],
    )
    world.jobs["ready"] = make.JobFactory(
        bloc_year=bloc_year, state=JobState.READY, finished_at=at, document=world.papers["report"]
    )
    world.jobs["failed"] = make.JobFactory(
        bloc_year=bloc_year, state=JobState.FAILED, finished_at=at, failure="Thiếu số liệu."
    )
    world.jobs["province"] = make.JobFactory(
        bloc_year=bloc_year,
        kind="province_reports",
        subject_label=label_of(EmulationYear),
        subject_id=year.pk,
        state=JobState.READY,
        finished_at=at,
        result=make.StoredFileFactory(name="2026.zip", kind=FileKind.ZIP, content=b"PK"),
    )
    world.people_file = make.StoredFileFactory(
        name="nguoi.xlsx", kind=FileKind.XLSX, content=people_book(), actor=world.actor("board_specialist")
    )
    world.batches["open"] = make.ImportBatchFactory(uploaded_by=world.users["board_specialist"])
    world.parked = make.ParkedRowFactory(batch__bloc_year=bloc_year)
    world.batches["confirmed"] = world.parked.batch


def _standings(world: World) -> None:
    """Khối A is still agreeing on its places, Khối B has published them."""
    for key, year, state in (
        ("provisional", "running", StandingState.PROVISIONAL),
        ("published", "scoring", StandingState.PUBLISHED),
    ):
        world.standings[key] = make.StandingFactory(bloc_year=world.bloc_years[year], state=state)
        first = Membership.objects.filter(bloc_year=world.bloc_years[year]).order_by("pk")[0]
        make.PlaceFactory(standing=world.standings[key], membership=first, place=1)


def _successions(world: World) -> None:
    """One agency of Khối B shall be dissolved; another was moved there by a change that is done."""
    paper = make.SignedPaperFactory()
    rows = {
        "draft": ("beside", make.AgencySuccessionFactory(kind="dissolve")),
        "done": (
            "stranger",
            make.AgencySuccessionFactory(
                kind="transfer", state="done", paper=paper, to_bloc_year=world.bloc_years["scoring"]
            ),
        ),
    }
    for key, (agency, row) in rows.items():
        world.successions[key] = row
        make.SuccessionPartyFactory(succession=row, agency=world.agencies[agency])
    make.SuccessionLineFactory(succession=world.successions["done"])

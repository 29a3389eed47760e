"""What the tests about papers and covenants share: who acts, a covenant in each state, what the forms post."""

import datetime as dt
import uuid

from blocs.models import BlocPaper, BlocYear, Clause, Covenant, Membership, Signature, Target, TargetValue
from blocs.services import covenants, papers, signatures
from blocs.services.covenants import CovenantSaid, TargetSaid
from blocs.services.signatures import SignatureSaid
from emulation.core import clock
from emulation.core.papers import OnPaper
from tests.world import World

SIGNED_ON = dt.date(2026, 3, 15)
PAPER = OnPaper("05/GU-KTĐ", SIGNED_ON, "Khối thi đua A")
ORDER = ("leader", "deputy", "member", "outgoing")


def emptied(world: World) -> World:
    """Take every paper of blocs out of the province, so that a test begins at nothing."""
    Signature.objects.all().delete()
    TargetValue.objects.all().delete()
    Target.objects.filter(covenant__isnull=False).delete()
    Clause.objects.all().delete()
    Covenant.objects.all().delete()
    BlocPaper.objects.all().delete()
    return world


def year(world: World, key: str = "running") -> BlocYear:
    return BlocYear.objects.select_related("year", "bloc").get(pk=world.bloc_years[key].pk)


def member(world: World, key: str, of: str = "running") -> Membership:
    rows = Membership.objects.select_related("name", "bloc_year")
    return rows.get(bloc_year=world.bloc_years[of], agency=world.agencies[key])


def fresh(paper: BlocPaper) -> BlocPaper:
    rows = BlocPaper.objects.select_related("bloc_year__year", "bloc_year__bloc", "covenant")
    return rows.get(pk=paper.pk)


def draft(world: World, kind: str = "covenant", role: str = "leader", key: str = "running", **values) -> BlocPaper:
    bloc_year = year(world, key)
    said = {"title": papers.title_of(bloc_year, kind), "creation_key": uuid.uuid4()} | values
    return papers.draft(bloc_year=bloc_year, kind=kind, **said, actor=world.actor(role), at=clock.now())


def write(world: World, paper: BlocPaper, role: str = "leader", **said) -> BlocPaper:
    row = fresh(paper)
    clauses = said.pop("clauses", ("Thi đua hoàn thành nhiệm vụ.",))
    words = CovenantSaid(title=row.title, clauses=clauses, **said)
    return covenants.edit(paper=row, said=words, revision=row.revision, actor=world.actor(role), at=clock.now())


def targets(world: World, paper: BlocPaper, *said: TargetSaid, role: str = "leader"):
    row = fresh(paper)
    return covenants.set_targets(
        paper=row, targets=said, revision=row.revision, actor=world.actor(role), at=clock.now()
    )


def step(world: World, paper: BlocPaper, action: str, role: str = "leader", **values) -> BlocPaper:
    row = fresh(paper)
    said = {"paper": row, "actor": world.actor(role), "at": clock.now()} | values
    match action:
        case "pass":
            papers.pass_paper(**said)
        case "open_signing":
            covenants.open_signing(**said)
        case "finish":
            covenants.finish(**said)
        case "reopen":
            covenants.reopen(**said)
        case _:
            papers.take(**said, action=action)
    return row


def signing(world: World) -> BlocPaper:
    """Return a covenant open for signatures."""
    paper = draft(world)
    write(world, paper)
    return step(world, paper, "open_signing")


def signature(name: str = "Nguyễn Văn Ký", title: str = "Giám đốc", day: dt.date = SIGNED_ON, signs_as: str = "head"):
    return SignatureSaid(name, title, day, signs_as)


def record(world: World, paper: BlocPaper, key: str, role: str = "leader", said=None, **values):
    options = {"on_paper": PAPER, "creation_key": uuid.uuid4()} | values
    return signatures.record(
        paper=fresh(paper),
        membership=member(world, key),
        said=said or signature(),
        **options,
        actor=world.actor(role),
        at=clock.now(),
    )


def record_all(world: World, paper: BlocPaper, keys=ORDER, role: str = "leader", **values):
    options = {"on_paper": PAPER, "creation_key": uuid.uuid4()} | values
    said = {member(world, key).pk: signature(f"Người ký {key}") for key in keys}
    return signatures.record_all(
        paper=fresh(paper), signatures=said, **options, actor=world.actor(role), at=clock.now()
    )


def sign(world: World, paper: BlocPaper, role: str = "signer", key: str = "member"):
    return signatures.sign(paper=fresh(paper), membership=member(world, key), actor=world.actor(role), at=clock.now())


def signed(world: World) -> BlocPaper:
    """Return a covenant every member has signed."""
    paper = signing(world)
    record_all(world, paper)
    return step(world, paper, "finish")

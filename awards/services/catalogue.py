"""The catalogue of the law: what is missing is added after each migration, what is there stays. Verifying its texts."""

import datetime as dt
from typing import Any

from awards.domain import identity
from awards.models import AwardKind, CommendationKind, LegalBasis, LegalDocument, RequiredPaper, SubjectKind
from emulation.core import revisions
from emulation.core.access import Actor
from emulation.core.audit import act
from emulation.core.errors import Refused


def load(*, using: str = "default") -> None:
    """Add the rows of `domain.identity` whose slugs are not there. What a province changed or switched off stays.

    Papers and bases come with the first load of their award or document only, for an administrator may end them.
    """
    kinds = AwardKind.objects.using(using)
    known = set(kinds.values_list("slug", flat=True))
    missing = [row for row in identity.AWARDS if row.slug not in known]
    if not missing:
        return
    subjects = _subjects(using)
    _commendations(using)
    order = {row.slug: number for number, row in enumerate(identity.AWARDS, start=1)}
    kinds.bulk_create(
        AwardKind(
            slug=row.slug,
            name=row.name,
            nature=row.nature,
            level=row.level,
            conferrer=row.conferrer,
            rhythm=row.rhythm,
            law=f"{identity.LAW}, {row.article}",
            position=order[row.slug],
        )
        for row in missing
    )
    ids = dict(kinds.values_list("slug", "pk"))
    for row in missing:
        if row.lower:
            kinds.filter(pk=ids[row.slug]).update(lower=ids[row.lower])
    through = AwardKind.subjects.through
    through.objects.using(using).bulk_create(
        through(awardkind_id=ids[row.slug], subjectkind_id=subjects[slug]) for row in missing for slug in row.subjects
    )
    RequiredPaper.objects.using(using).bulk_create(
        RequiredPaper(
            award_id=ids[row.slug],
            title=title,
            for_person=for_person,
            for_collective=for_collective,
            source=identity.PAPERS_SOURCE,
            position=number,
        )
        for row in missing
        for number, (title, for_person, for_collective) in enumerate(identity.PAPERS.get(row.slug, ()), start=1)
    )
    _law(using)


def _subjects(using: str) -> dict[str, int]:
    rows = SubjectKind.objects.using(using)
    known = set(rows.values_list("slug", flat=True))
    rows.bulk_create(
        SubjectKind(slug=slug, name=name, is_person=is_person, position=number)
        for number, (slug, name, is_person) in enumerate(identity.SUBJECTS, start=1)
        if slug not in known
    )
    return dict(rows.values_list("slug", "pk"))


def _commendations(using: str) -> None:
    rows = CommendationKind.objects.using(using)
    known = set(rows.values_list("slug", flat=True))
    rows.bulk_create(
        CommendationKind(slug=slug, name=name, source=source, position=number)
        for number, (slug, name, source) in enumerate(identity.COMMENDATIONS, start=1)
        if slug not in known
    )


def _law(using: str) -> None:
    documents = LegalDocument.objects.using(using)
    known = set(documents.values_list("slug", flat=True))
    fresh = [row for row in identity.DOCUMENTS if row[0] not in known]
    documents.bulk_create(
        LegalDocument(
            slug=slug,
            number=number,
            title=title,
            issued_on=_day(issued),
            valid_from=_day(start),
            valid_to=_day(end),
            source=identity.DOCUMENTS_SOURCE,
        )
        for slug, number, title, issued, start, end in fresh
    )
    ids = dict(documents.values_list("slug", "pk"))
    bases = LegalBasis.objects.using(using)
    if bases.exists():
        return
    bases.bulk_create(
        LegalBasis(
            use=use,
            text=text,
            document_id=ids.get(slug),
            valid_from=_day(start),
            valid_to=_day(end),
            position=number,
        )
        for number, (uses, text, slug, start, end) in enumerate(identity.BASES, start=1)
        for use in uses
    )


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def verify(*, legaldocument: LegalDocument, actor: Actor, at: dt.datetime, note: str) -> LegalDocument:
    """Record that a whole text was compared with the original. Raises Refused when that is recorded already."""
    if legaldocument.verified_at is not None:
        raise Refused("Văn bản này đã ghi đối chiếu rồi.")
    values = {"verified_at": at, "verified_by_id": actor.user_id}
    return _set_verified(legaldocument, values, verb="legal_text_verified", actor=actor, at=at, note=note)


def unverify(*, legaldocument: LegalDocument, actor: Actor, at: dt.datetime, note: str) -> LegalDocument:
    """Take back that a text was compared with the original. Raises Refused when that is not recorded."""
    if legaldocument.verified_at is None:
        raise Refused("Văn bản này chưa ghi đối chiếu.")
    values = {"verified_at": None, "verified_by_id": None}
    return _set_verified(legaldocument, values, verb="legal_text_unverified", actor=actor, at=at, note=note)


def _set_verified(
    document: LegalDocument, values: dict[str, Any], *, verb: str, actor: Actor, at: dt.datetime, note: str
) -> LegalDocument:
    with act(actor=actor, at=at) as current:
        revisions.save(document, revision=document.revision, at=at, **values)
        current.record(verb, document, note=note)
    return document

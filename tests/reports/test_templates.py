"""The office's own Word templates: uploaded, tried with real facts, brought into use, taken out of it again."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordDocument

from awards.enums import NominationState
from awards.models import AwardKind, Decision
from emulation.core import clock, files, jobs
from emulation.core.errors import Refused
from emulation.core.models import Document, DocumentKind, Job, JobState
from emulation.reports.models import DocumentTemplate
from emulation.reports.papers.forms import FORMS
from emulation.reports.queries.templates import NO_FACTS
from emulation.reports.renderers import docx
from emulation.reports.services import build, request, templates
from tests import factories as make
from tests.documents import award_samples
from tests.documents.reading import docx_paragraphs
from tests.world import World

KIND = DocumentKind.DECISION


def edited(*lines: str) -> bytes:
    """The built-in template of a decision with lines of the office's own at its end."""
    document = WordDocument(str(FORMS[KIND].docx))
    for text in lines:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name.replace('_', '.')}", content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("{{ signer }}",), "Mẫu gọi tên “signer” không có trong dữ liệu"),
        (("{%p for text in basis %}", "{{r text }}"), "vòng lặp, điều kiện chưa đóng"),
        (("{% fly %}",), "Mẫu có lệnh viết sai, hoặc vòng lặp, điều kiện chưa đóng, gần “fly”"),
        (("{{ title * 1000000 }}",), "Mẫu có phép tính, lời gọi"),
        (("{{ title.upper() }}",), "Mẫu có phép tính, lời gọi"),
        (("{{ title.__class__ }}",), "Mẫu"),
        (("{{ title|center(1000000000) }}",), "Mẫu có lệnh viết sai"),
        (("{{ 1 / 0 }}",), "Mẫu có phép tính, lời gọi"),
        (("{% set a = title ~ title %}",), "Mẫu có phép tính, lời gọi"),
        (("{{ title ~ title }}",), "Mẫu có phép tính, lời gọi"),
        (("{% for a in [title, title] %}{% endfor %}",), "Mẫu có phép tính, lời gọi"),
        (("{% for a in (title, title) %}{% endfor %}",), "Mẫu có phép tính, lời gọi"),
        (("{% for a in {1: title} %}{% endfor %}",), "Mẫu có phép tính, lời gọi"),
        (("{% with a = title %}{% endwith %}",), "Mẫu có phép tính, lời gọi"),
        (("{% include '/etc/passwd' %}",), "Mẫu có phép tính, lời gọi"),
        (("{%p for text in 5 %}", "{%p endfor %}"), "Mẫu lặp qua một trường không phải là danh sách"),
    ],
)
def test_fault_of_a_template_is_said_in_one_sentence(lines: tuple[str, ...], sentence: str):
    with pytest.raises(docx.TemplateFault) as fault:
        docx.render(award_samples.decision(1), edited(*lines))
    assert fault.value.sentence.startswith("Mẫu")
    assert sentence in fault.value.sentence
    assert fault.value.sentence.endswith(".")


def test_loops_that_would_fill_the_memory_of_a_worker_are_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docx, "_LARGEST", 200_000)
    with pytest.raises(docx.TemplateFault) as fault:
        docx.render(award_samples.decision(1), edited("{% for a in title %}" * 5 + "x" + "{% endfor %}" * 5))
    assert fault.value.sentence.startswith("Mẫu lặp ra quá nhiều nội dung")


def test_office_may_name_fields_and_ask_conditions():
    content = docx.render(award_samples.decision(1), edited("{% if mark %}{{ title|upper }}{% endif %}"))
    assert docx_paragraphs(content)[-1].startswith("QUYẾT ĐỊNH VỀ VIỆC TẶNG THƯỞNG")


def changed(name: str, content: bytes) -> bytes:
    """The built-in template with another part in place of one."""
    target = io.BytesIO()
    with zipfile.ZipFile(FORMS[KIND].docx) as whole, zipfile.ZipFile(target, "w") as archive:
        for part in whole.namelist():
            archive.writestr(part, content if part == name else whole.read(part))
    return target.getvalue()


def spoilt() -> bytes:
    """The built-in template with a byte of its text turned over."""
    content = bytearray(FORMS[KIND].docx.read_bytes())
    content[content.find(b"word/document.xml") + 60] ^= 0xFF
    return bytes(content)


ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://a">&e;</w:document>'


@pytest.mark.parametrize(
    "content",
    [b"PK no", spoilt(), changed("word/document.xml", b"<a>"), changed("word/document.xml", ENTITIES)],
    ids=["no zip", "spoilt", "no XML", "entities"],
)
def test_what_is_no_word_file_is_said(content: bytes):
    with pytest.raises(docx.TemplateFault, match="cannot be filled") as fault:
        docx.render(award_samples.decision(1), content)
    assert fault.value.sentence.startswith("Tệp mẫu không đọc được như một tệp Word")


# --- Versions ---------------------------------------------------------------------------------------------------------


def upload(world: World, content: bytes, key: uuid.UUID | None = None) -> DocumentTemplate:
    return templates.upload(
        kind=KIND,
        file=SimpleUploadedFile("mau.docx", content),
        note="Thêm dòng",
        creation_key=key or uuid.uuid4(),
        actor=world.actor("board_specialist"),
        at=clock.now(),
    )


def run(kind: str) -> Job:
    job = Job.objects.get(kind=kind, state=JobState.QUEUED)
    claimed = jobs.claim(job_id=job.pk)
    assert claimed is not None
    build.run(claimed, {"template_trial": build.template_trial}.get(kind, build.document))
    job.refresh_from_db()
    return job


def decision() -> Decision:
    award = AwardKind.objects.get(slug="bk_tinh")
    asked = make.NominationFactory(award=award, state=NominationState.APPROVED)
    row: Decision = make.DecisionLineFactory(nomination=asked, decision__number="", decision__dated_on=None).decision
    return row


@pytest.mark.django_db
def test_template_that_was_tried_comes_into_use_and_goes_again(world: World):
    row, actor = decision(), world.actor("board_specialist")
    template = upload(world, edited("Mẫu của cơ quan"))
    assert run("template_trial").failure == ""
    template.refresh_from_db()
    templates.take(template=template, action="activate", actor=actor, at=clock.now())
    newer = upload(world, edited("Mẫu mới"))
    assert (newer.version, run("template_trial").failure) == (2, "")
    texts = []
    for version, action in ((None, ""), (newer, "activate"), (newer, "retire")):
        if version:
            version.refresh_from_db()
            templates.take(template=version, action=action, actor=actor, at=clock.now())
        jobs.request(kind=KIND, subject=row, actor=actor, at=clock.now(), total=4)
        made = run(KIND).document
        texts.append(docx_paragraphs(files.read(made.docx))[-1])
    assert texts[:2] == ["Mẫu của cơ quan", "Mẫu mới"]
    assert not texts[2].startswith("Mẫu")
    assert Document.objects.count() == 3 + 2  # with the two of the world
    assert list(DocumentTemplate.objects.order_by("version").values_list("state", flat=True)) == ["retired", "retired"]


@pytest.mark.django_db
def test_faulty_template_says_what_is_wrong_and_stays_out_of_use(world: World):
    decision()
    template = upload(world, edited("{{ nothing }}"))
    job = run("template_trial")
    assert (job.state, "“nothing”" in job.failure) == (JobState.FAILED, True)
    template.refresh_from_db()
    with pytest.raises(Refused, match="chưa chạy thử đạt"):
        templates.take(template=template, action="activate", actor=world.actor("board_head"), at=clock.now())
    page = world.client("board_head").get(reverse("template_kind", args=[KIND])).content.decode()
    assert ("“nothing”" in page, "Đưa vào dùng" in page) == (True, False)


@pytest.mark.django_db
def test_trial_without_facts_says_so_and_a_second_click_finds_the_first(world: World):
    key = uuid.uuid4()
    assert upload(world, edited(), key) == upload(world, edited(), key)
    assert run("template_trial").failure == NO_FACTS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "không phải là Word"),
        (packed(document_xml=b"<a/>", vbaProject_bin=b"x"), "Tệp có macro"),
        (changed("[Content_Types].xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"), "Tệp có macro"),
        (packed(document_xml=b"0" * (51 * 1024 * 1024)), "lớn hơn 50 MB"),
    ],
)
def test_upload_that_is_no_plain_word_file_is_refused(world: World, content: bytes, sentence: str):
    file = SimpleUploadedFile("mau.docx", content)
    url = reverse("template_kind", args=[KIND])
    answer = world.client("board_specialist").post(url, {"file": file, "creation_key": uuid.uuid4()})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not DocumentTemplate.objects.exists()


@pytest.mark.django_db
def test_file_that_is_too_large_is_said_once(world: World, settings):
    settings.UPLOAD_LIMIT_MB = 0
    file = SimpleUploadedFile("mau.docx", b"PK" * 600_000)
    answer = world.client("board_specialist").post(reverse("template_kind", args=[KIND]), {"file": file})
    assert answer.context["form"].errors["file"] == [files.too_large()]
    assert "Mục này không được để trống" not in answer.content.decode()


@pytest.mark.django_db
def test_template_in_use_that_no_longer_fits_fails_the_paper_in_words(world: World):
    row, actor = decision(), world.actor("board_head")
    stored = make.StoredFileFactory(name="mau.docx", kind="docx", content=edited("{{ nothing }}"))
    make.DocumentTemplateFactory(state="active", tried_at=clock.now(), file=stored)
    request.pack(row=row, actor=actor, at=clock.now())
    job = run(KIND)
    assert (job.state, "“nothing”" in job.failure) == (JobState.FAILED, True)


@pytest.mark.django_db
def test_pages_of_templates_offer_files_and_steps(world: World):
    active = make.DocumentTemplateFactory(state="active", tried_at=clock.now())
    client = world.client("board_specialist")
    assert "của cơ quan" in client.get(reverse("template_list")).content.decode()
    for name, argument in (("template_file", active.pk), ("template_built_in", KIND)):
        answer = client.get(reverse(name, args=[argument]))
        assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))
    assert client.post(reverse("template_retire", args=[active.pk])).status_code == 302
    assert client.post(reverse("template_try", args=[active.pk])).status_code == 302
    active.refresh_from_db()
    assert (active.state, Job.objects.filter(kind="template_trial").count()) == ("retired", 1)

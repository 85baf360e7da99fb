"""`report`: where it goes, how it is named, and what is said beside it."""

from xl_selfeval.cli import run
from xl_selfeval.report import PdfUnavailable
from xl_selfeval.submission_file import SAMPLES

SOUND, SEED = SAMPLES / "sound.yaml", SAMPLES / "luquan-2023.yaml"


def test_a_report_without_a_pdf_program_is_written_and_says_so(tmp_path, monkeypatch, capsys):
    def nothing(_: bytes) -> bytes:
        raise PdfUnavailable("没有找到 LibreOffice")

    monkeypatch.setattr("xl_selfeval.report.to_pdf", nothing)
    assert run(["report", str(SOUND), "-o", "r.docx", "--pdf"]) == 3
    assert "Word 报告已生成，没有生成 PDF：没有找到 LibreOffice" in capsys.readouterr().err
    assert (tmp_path / "r.docx").exists() and not (tmp_path / "r.pdf").exists()


def test_an_older_pdf_beside_a_new_report_is_pointed_out(tmp_path, capsys):
    (tmp_path / "r.pdf").write_bytes(b"old")
    run(["report", str(SOUND), "-o", "r.docx"])
    assert "r.pdf" in capsys.readouterr().out and (tmp_path / "r.pdf").read_bytes() == b"old"


def test_report_of_a_workbook_is_named_after_unit_and_year(tmp_path, capsys):
    run(["fill", str(SOUND), "-o", "a.xlsx"])
    assert run(["report", "a.xlsx"]) == 0
    assert (tmp_path / "青禾县图书馆2023年度自评报告.docx").stat().st_size > 5000


def test_a_hostile_unit_name_makes_a_safe_file_name_in_the_same_folder(tmp_path, capsys):
    text = SOUND.read_text(encoding="utf-8").replace("青禾县图书馆", "../县/图书馆:*?" + "长" * 300)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.yaml").write_text(text, encoding="utf-8")
    assert run(["report", "in/b.yaml"]) in (0, 1)
    made = list((tmp_path / "in").glob("*.docx"))
    assert len(made) == 1 and len(made[0].name.encode()) < 255 and list(tmp_path.glob("*.docx")) == []


def test_a_report_of_a_faulty_form_is_written_and_says_so(tmp_path, capsys):
    assert run(["report", str(SEED), "-o", "r.docx"]) == 1
    assert (tmp_path / "r.docx").exists() and "错误" in capsys.readouterr().out

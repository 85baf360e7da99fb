"""The README's commands do what it says: they are taken from it and run, one after the other, as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from xl_selfeval.cli import run, words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A blank form has errors, so what judges it tells 1.
EXPECTED = {"check": 1, "score": 1, "report": 1, "table": 1}


def commands(section: str) -> list[list[str]]:
    """The command lines in the code block of a section, without their comments."""
    part = README.split(f"## {section}")[1].split("\n## ")[0]
    block = re.search(r"```bash\n(.*?)```", part, re.DOTALL)
    assert block, section
    return [shlex.split(line, comments=True) for line in block[1].splitlines() if line.strip()]


@pytest.mark.parametrize("section", ["填报人看这一页", "评分办法制定者看这一页"])
def test_the_commands_of_a_page_work_as_they_stand(section, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "xl_selfeval" / "rulebook" / "data", tmp_path / "xl_selfeval" / "rulebook" / "data")
    run(["template", "-o", "自评表.xlsx"])
    for program, *arguments in commands(section):
        if program == "cp":
            shutil.copy(*arguments)
        else:
            assert program == "xl-selfeval"
            assert run(arguments) == EXPECTED.get(arguments[0], 0), arguments
    assert "程序出错" not in capsys.readouterr().err


def test_every_verb_and_every_picture_that_it_names_is_there():
    verbs = set(re.findall(r"(?:`|^)xl-selfeval ([a-z-]+)", README, re.MULTILINE))
    assert verbs == {name for name in words.VERBS if run([name, "--help"]) == 0}
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 5000
    for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)#:]+)\)", README):
        assert (ROOT / link).exists(), link


def test_the_scripts_that_it_starts_with_are_there():
    for script in re.findall(r"bash (\.ci/\w+)", README):
        assert (ROOT / script).exists()

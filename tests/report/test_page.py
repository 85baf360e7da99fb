"""The page measured where it counts: in the PDF that LibreOffice lays out (GB/T 9704-2012, domain/gongwen.md)."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from docx.shared import Length, Mm

from tests.report.reading import indicator, rendered, sample, with_indicators
from tests.report.test_bad_input import hostile
from xl_selfeval.report import gongwen, to_pdf

pytestmark = pytest.mark.office
BODY = gongwen.BODY_SIZE.pt
LEFT = gongwen.MARGIN_LEFT.pt
RIGHT = Length(gongwen.PAPER_WIDTH - gongwen.MARGIN_RIGHT).pt
TOP = gongwen.MARGIN_TOP.pt
BOTTOM = Length(gongwen.PAPER_HEIGHT - gongwen.MARGIN_BOTTOM).pt
Page = Any
Line = list[dict[str, Any]]


@pytest.fixture(scope="module", params=["luquan-2023", "sound"])
def pages(request: pytest.FixtureRequest) -> Iterator[list[Page]]:
    with pdfplumber.open(io.BytesIO(to_pdf(rendered(sample(request.param))))) as pdf:
        yield pdf.pages


def lines(page: Page) -> list[Line]:
    """The characters of the page by line, from the top, each from the left."""
    found: dict[int, Line] = defaultdict(list)
    for character in page.chars:
        found[round(character["bottom"])].append(character)
    return [sorted(found[bottom], key=lambda one: one["x0"]) for bottom in sorted(found)]


def text(line: Line) -> str:
    return "".join(one["text"] for one in line)


def body_lines(page: Page) -> list[Line]:
    return [line for line in lines(page) if all(abs(one["size"] - BODY) < 0.1 for one in line)]


def test_a4(pages: list[Page]) -> None:
    for page in pages:
        assert page.width == pytest.approx(Mm(210).pt, abs=0.1) and page.height == pytest.approx(Mm(297).pt, abs=0.1)


def test_nothing_stands_outside_the_margins(pages: list[Page]) -> None:
    for page in pages:
        inside = [one for one in page.chars if one["bottom"] < BOTTOM + 2]
        assert min(one["x0"] for one in inside) >= LEFT - 0.2
        assert max(one["x1"] for one in inside) <= RIGHT + 0.4
        assert min(one["top"] for one in inside) >= TOP - 0.2
        outside = [one for one in page.chars if one["bottom"] >= BOTTOM + 2]
        assert text(outside).strip("— ").isdigit()  # only the page number


def test_a_full_page_has_22_lines(pages: list[Page]) -> None:
    counts = [len(body_lines(page)) for page in pages if len(body_lines(page)) == len(lines(page)) - 1]
    assert max(counts) == gongwen.LINES
    assert counts.count(gongwen.LINES) >= 3


def test_lines_stand_28_95_points_apart(pages: list[Page]) -> None:
    full = next(page for page in pages if len(body_lines(page)) == gongwen.LINES)
    bottoms = [line[0]["bottom"] for line in body_lines(full)]
    assert (bottoms[-1] - bottoms[0]) / (gongwen.LINES - 1) == pytest.approx(gongwen.LINE_PITCH.pt, abs=0.1)


def test_a_full_line_has_28_characters(pages: list[Page]) -> None:
    chinese = [
        line
        for page in pages
        for line in body_lines(page)
        if line[-1]["x1"] > RIGHT - 2 and line[0]["x0"] < LEFT + 2 and not any(one["text"].isascii() for one in line)
    ]
    counts = [len(line) for line in chinese]
    assert len(counts) > 5
    assert max(counts) == gongwen.CHARACTERS
    assert sum(count >= 27 for count in counts) / len(counts) > 0.9  # a stop may not begin a line and takes one along


def test_paragraphs_begin_two_characters_in(pages: list[Page]) -> None:
    first = next(line for line in body_lines(pages[0]) if text(line).startswith("为贯彻落实"))
    assert first[0]["x0"] - LEFT == pytest.approx(2 * BODY, abs=1)


def test_every_page_has_its_number_outside(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        foot = [one for one in page.chars if one["bottom"] >= BOTTOM + 2]
        assert text(sorted(foot, key=lambda one: one["x0"])) == f"— {number} —"
        assert {round(one["size"]) for one in foot} == {14}
        if number % 2:
            assert max(one["x1"] for one in foot) == pytest.approx(RIGHT - 14, abs=1)
        else:
            assert min(one["x0"] for one in foot) == pytest.approx(LEFT + 14, abs=1)
        middle = (min(one["top"] for one in foot) + max(one["bottom"] for one in foot)) / 2
        assert middle - BOTTOM == pytest.approx(gongwen.DASH_BELOW_TEXT.pt, abs=3)


def test_no_heading_stands_alone_at_the_foot(pages: list[Page]) -> None:
    for page in pages:
        last = text(body_lines(page)[-1]) if body_lines(page) else ""
        assert not last.startswith(("一、", "二、", "三、", "四、", "五、", "六、")) or last.endswith("。")


def test_a_number_is_not_split_over_two_lines(pages: list[Page]) -> None:
    for page in pages:
        told = body_lines(page)
        for line, following in pairwise(told):
            joint = text(line)[-1] + text(following)[0]
            assert not (joint[0] in "0123456789." and joint[1] in "0123456789.%"), text(line) + "|" + text(following)


def test_title_centred_and_broken_by_sense(pages: list[Page]) -> None:
    title = [line for line in lines(pages[0]) if round(line[0]["size"]) == 22]
    assert len(title) == 2
    for line in title:
        middle = (line[0]["x0"] + line[-1]["x1"]) / 2
        assert middle == pytest.approx((LEFT + RIGHT) / 2, abs=2)


def test_signature_and_date(pages: list[Page]) -> None:
    name, day = body_lines(pages[-1])[-2:]
    assert text(day).startswith("2024年") and text(day).endswith("日")
    assert day[0]["x0"] - name[0]["x0"] == pytest.approx(2 * BODY, abs=0.5)
    end = RIGHT - max(name[-1]["x1"], day[-1]["x1"])  # LibreOffice sets figures apart, so a date ends further out
    assert 0.5 * BODY < end < 2 * BODY + 1


def test_table_heads_repeat() -> None:
    many = with_indicators(*(indicator(name=f"指标{n}") for n in range(120)))
    with pdfplumber.open(io.BytesIO(to_pdf(rendered(many)))) as pdf:
        tables = [page for page in pdf.pages if any(text(line).startswith("指标") for line in lines(page))]
        heads = [page for page in tables if any(text(line).startswith("三级指标") for line in lines(page))]
    in_table = [page for page in tables if len(body_lines(page)) < 5]
    assert len(heads) >= 3 and set(map(id, in_table)) <= set(map(id, heads))


def test_hostile_text_is_laid_out_whole() -> None:
    with pdfplumber.open(io.BytesIO(to_pdf(rendered(hostile())))) as pdf:
        printed = "".join(one["text"] for page in pdf.pages for one in page.chars)
    assert printed.count("职") >= 3000
    assert printed.count("长") >= 3 * 3000  # named in the sentence, the analysis and the table
    assert printed.count("字") >= 3000

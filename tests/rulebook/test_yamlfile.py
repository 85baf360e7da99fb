import random
import re
import string
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_selfeval.rulebook import RulebookError, load_rulebook, shipped_rulebooks
from xl_selfeval.rulebook.yamlfile import MAX_BYTES, parse

from .sound import SOUND, spoilt, written

ENGLISH = ("input should", "expected", "found", "while ", "field required", "error", "traceback")


def refusal(path: Path) -> str:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("0.1", Decimal("0.1")),
        ("1.10", Decimal("1.10")),
        (".5", Decimal("0.5")),
        ("7", 7),
        ("-3", -3),
        ("+2", 2),
        ("5.", Decimal(5)),
    ],
)
def test_numbers_are_exact(written_as, value):
    read = parse(f"a: {written_as}").data["a"]
    assert (read, str(read)) == (value, str(value))


def test_lines_of_values_and_of_what_is_absent():
    document = parse("# note\na: 1\nb:\n  - x\n  - c: 2\n")
    assert document.data == {"a": 1, "b": ["x", {"c": 2}]}
    places = [("a",), ("b",), ("b", 1), ("b", 1, "c"), ("b", 1, "absent", "deeper"), ("absent",)]
    assert [document.line_of(place) for place in places] == [2, 3, 5, 5, 5, 2]


def test_lines_are_counted_as_editors_count_them():
    document = parse("a: 1\r\nb: x\u2028y\rc: 'p\x85q'\n\nd: 2\n")
    assert [document.line_of((key,)) for key in "abcd"] == [1, 2, 3, 5]


def test_dates_and_odd_keys_stay_text():
    assert parse("a: 2024-04-10\n=: 1\n2024: x\n").data == {"a": "2024-04-10", "=": 1, "2024": "x"}


# YAML text → the line and the words a person is given.
SYNTAX = [
    ("id: a\n\tname: b\n", 2, "制表符（Tab）"),
    ("id: a\nname: b: c\n", 2, "这里不该有冒号"),
    ("id: a\nname\nlevel: c\n", 2, "缺少半角冒号加空格"),
    ("id: a\nname：b\nlevel: c\n", 2, "全角冒号"),
    ("id: a\ntotal: {value: 1, source: x\nname: b\n", 2, "花括号没有合上"),
    ("id: a\nb: [1, 2\nname: b\n", 2, "方括号没有合上"),
    ('id: a\nname: "b\nlevel: c\n', 2, "引号没有合上"),
    ("id: a\nb:\n    c: 1\n  d: 2\n", 4, "缩进"),
    ('id: a\nb: "c" d\n', 2, "多余的文字"),
    ("id: a\nb: - c\n", 2, "不能以“- ”开头"),
    ("id: a\n---\nid: b\n", 2, "一个文件只能写一份"),
    ('id: a\nname: "\\q"\n', 2, "反斜杠"),
    ("id: a\nname: @b\n", 2, "不能开头的符号"),
    ('id: a\nname: "\\UFFFFFFFF"\n', 2, "转义写法"),
    ("id: a\nname: b\x07\n", 2, "控制字符"),
    ("id: a\nname: *b\n", 2, "不支持用 * 引用"),
    ("id: a\nid: b\n", 2, "“id”重复了，第1行已写过"),
    ("id: a\nb: {c: 1,\n  c: 2}\n", 3, "“c”重复了，第2行已写过"),
    ("id: a\n? [x, y]\n: b\n", 2, "冒号前面应是一个名称"),
    ("%YAML 99999.1\n---\nid: a\n", 1, "YAML"),
]


@pytest.mark.parametrize(("text", "line", "words"), SYNTAX)
def test_bad_yaml_is_named_with_line_and_remedy(tmp_path, text, line, words):
    path = written(tmp_path, text)
    with pytest.raises(RulebookError) as caught:
        load_rulebook(path)
    assert any(fault.line == line and words in fault.reason for fault in caught.value.faults), str(caught.value)


def test_a_duplicate_hides_no_other_fault(tmp_path):
    text = spoilt("total:", "total: {value: 90, source: form}\ntotal:").replace("value: 1.3", "value: x")
    with pytest.raises(RulebookError) as caught:
        load_rulebook(written(tmp_path, text))
    lines = {fault.line: fault.reason for fault in caught.value.faults}
    assert "第8行已写过" in lines[9]
    assert "不是可用的数字" in lines[31]


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n", "---\n", "\ufeff", "null"])
def test_an_empty_file_is_called_empty(tmp_path, text):
    assert "是空的" in refusal(written(tmp_path, text))


@pytest.mark.parametrize("text", ["hello", "- a\n- b\n", "100", "[1, 2]", "2024-01-01", "'text'"])
def test_what_is_no_mapping_is_refused(tmp_path, text):
    assert "整个文件应是一组“名称: 内容”" in refusal(written(tmp_path, text))


def test_files_that_are_not_there_or_not_files(tmp_path):
    assert "找不到评分办法文件" in refusal(tmp_path / "absent.yaml")
    assert "是文件夹" in refusal(tmp_path)
    assert "不是普通文件" in refusal(Path("/dev/null"))


def test_a_large_file_is_refused_and_one_just_below_is_not(tmp_path):
    padding = "#" * (MAX_BYTES - len(SOUND.encode()))
    assert load_rulebook(written(tmp_path, SOUND + padding)).id == "sound"
    assert "超过1 MB" in refusal(written(tmp_path, SOUND + padding + "#"))


def test_windows_encodings(tmp_path):
    assert load_rulebook(written(tmp_path, SOUND.encode("utf-8-sig"))).name == "测试办法"
    assert load_rulebook(written(tmp_path, SOUND.encode("gb18030"))).name == "测试办法"
    assert load_rulebook(written(tmp_path, SOUND.replace("\n", "\r\n"))).name == "测试办法"
    assert "UTF-16" in refusal(written(tmp_path, SOUND.encode("utf-16")))


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(tmp_path):
    raw = SOUND.encode()
    at = raw.index("产出".encode())
    message = refusal(written(tmp_path, raw[:at] + raw[at + 1 :]))
    assert "第11行有认不出的字符" in message
    assert "编码选 UTF-8" in message


def test_bytes_of_no_encoding_are_refused(tmp_path):
    assert "既不是完好的 UTF-8，也不是 GB18030" in refusal(written(tmp_path, b"id: \xff\xff\xff\n"))


BOMBS = {
    "aliases": "a: &a [x, x]\n"
    + "\n".join(f"{c}: &{c} [*{p}, *{p}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
    "itself": "a: &a [*a]\n",
    "depth": "[" * 100_000,
    "maps": "{a: " * 50_000,
    "width": "[" + "1, " * 300_000 + "]",
    "keys": "".join(f"k{i}: 1\n" for i in range(90_000)),
    "digits": "a: " + "9" * 900_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_takes_time_without_end(tmp_path, name):
    path, start = written(tmp_path, BOMBS[name]), time.perf_counter()
    refusal(path)
    assert time.perf_counter() - start < 10


TOKENS = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    "&a",
    "*a",
    "!!",
    "!!int ",
    "|",
    ">",
    "'",
    '"',
    "\\",
    "\t",
    "\n",
    "#",
    "%",
    "@",
]
TOKENS += [
    "：",
    "0x1F",
    ".nan",
    "1e99",
    "null",
    "true",
    "~",
    "<<: ",
    "? ",
    "---\n",
    "...\n",
    "\0",
    "\x85",
    "\ufeff",
    '"\\ud800"',
    "9" * 50,
]


@st.composite
def corrupted(draw: st.DrawFn) -> str:
    """A shipped or the sound rulebook after a few cuts, copies and insertions."""
    texts = [SOUND, *(path.read_text(encoding="utf-8") for path in shipped_rulebooks().values())]
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 40))
        piece = draw(st.sampled_from([*TOKENS, "", text[at : at + length]]) | st.text(max_size=3))
        text = text[:at] + piece + text[at + draw(st.sampled_from([0, length])) :]
    return text


@settings(max_examples=400, deadline=None)
@given(corrupted())
def test_a_corrupted_file_loads_or_is_refused_in_chinese(tmp_path_factory, text):
    path = written(tmp_path_factory.getbasetemp(), text.encode("utf-8", "surrogatepass"))
    try:
        load_rulebook(path)
    except RulebookError as error:
        message = str(error)
        assert message.encode()
        for fault in error.faults:
            unquoted = re.sub("“.*?”", "", fault.reason, flags=re.DOTALL).lower()
            assert not any(word in unquoted for word in ENGLISH), fault.reason
            assert 1 <= fault.line <= len(text.splitlines()) + 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_refused_in_words(tmp_path_factory, raw):
    with pytest.raises(RulebookError):
        load_rulebook(written(tmp_path_factory.getbasetemp(), raw))


def test_every_single_lost_character_is_noticed_or_harmless(tmp_path):
    """A seeded walk through the file: what loads after losing a character must still add up."""
    chance = random.Random(20240410)
    for at in chance.sample(range(len(SOUND)), 80):
        path = written(tmp_path, SOUND[:at] + chance.choice(["", *string.punctuation]) + SOUND[at + 1 :])
        try:
            book = load_rulebook(path)
        except RulebookError as error:
            assert str(error)
        else:
            parts = sum(block.points.value for block in book.blocks) + book.execution.value
            assert parts == book.total.value == 100

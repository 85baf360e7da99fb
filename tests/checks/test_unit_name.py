"""The unit's own name: where its area ends, and what comes near it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_selfeval.checks.unit_name import read_name
from xl_selfeval.model import Unit


@pytest.mark.parametrize(
    ("name", "area", "proper", "last"),
    [
        ("石家庄市鹿泉区红十字会", "石家庄市鹿泉区", "红十字会", "鹿泉区"),
        ("石家庄市鹿泉区红十字会", "", "红十字会", "鹿泉区"),
        ("鹿泉区市场监督管理局", "", "市场监督管理局", "鹿泉区"),
        ("青山区社区服务中心", "", "社区服务中心", "青山区"),
        ("永德县明朗中学", "", "明朗中学", "永德县"),
        ("耿马傣族佤族自治县政务服务管理局", "", "政务服务管理局", "耿马傣族佤族自治县"),
        ("县图书馆", "", "县图书馆", ""),
        ("财政部", "", "财政部", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_is_split_after_its_area(name: str, area: str, proper: str, last: str) -> None:
    read = read_name(Unit(name=name, area=area))
    assert (read.proper, read.area + read.kind) == (proper, last)


def test_what_is_misnamed() -> None:
    pattern = read_name(Unit(name="石家庄市鹿泉区红十字会")).misnamed
    assert pattern
    for wrong in ("鹿泉红十字会", "鹿泉市红十字会"):
        assert pattern.search(f"本年{wrong}开展工作")
    for right in ("鹿泉区红十字会", "区红十字会", "红十字会", "鹿泉区各级红十字会", "健康石家庄鹿泉行动"):
        assert not pattern.search(f"本年{right}开展工作")


def test_what_is_misspelt() -> None:
    assert set(read_name(Unit(name="鹿泉区红十字会")).misspelt) == {"红字会", "红十会", "红字十会"}
    assert read_name(Unit(name="青禾县图书馆")).misspelt == ()  # too short to be sure
    assert "人力资源社会保障局" not in read_name(Unit(name="青禾县人力资源和社会保障局")).misspelt


@settings(deadline=None, max_examples=150)
@given(st.text("青禾省市县区红十字会局和(", max_size=14), st.text("青禾县区(", max_size=5))
def test_any_name_is_read(name: str, area: str) -> None:
    read = read_name(Unit(name=name, area=area))
    assert name.strip().endswith(read.proper)
    assert not [wrong for wrong in read.misspelt if wrong in read.proper]
    if read.misnamed:
        assert not read.misnamed.search(name.strip())

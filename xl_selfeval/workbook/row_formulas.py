"""The formulas of the rows of the indicator table: the native ones follow `scoring` rule by rule.

The options of one rulebook are written in; where Python knows that rulebook, points and hint ask it first (`calls`).
Every function returns a formula that begins with "="; the columns come from the layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlsxwriter.utility import xl_col_to_name

from xl_selfeval.model import Achievement, Operator
from xl_selfeval.quantities import PERCENT_UNITS, plain
from xl_selfeval.rulebook.schema import Equality, PartialStep, Reverse, Rulebook
from xl_selfeval.scoring import BAND_DIGITS, INNER_DIGITS
from xl_selfeval.workbook import calls, readings
from xl_selfeval.workbook.choices import list_name
from xl_selfeval.workbook.formulas import item_begun, quoted, rounded
from xl_selfeval.workbook.layout import Placed

ROW = "\ue000"  # stands for the number of the row; no one types it, and it is no character of any script


class RowFormulas:
    """The formulas of a row of `table`, the same in all rows but for `ROW`; `items` is the table of work items."""

    def __init__(self, table: Placed, rulebook: Rulebook, items: Placed) -> None:
        self.table, self.rulebook, self.items = table, rulebook, items

    def all(self) -> dict[str, str]:
        """Every formula by the key of its column."""
        return {
            "@computed": self.computed(),
            "@points": self.points(),
            "@hint": self.hint(),
            "@check": self.check(),
            "@kind": self.kind(),
            "@low_text": self.low_text(),
            "@high_text": self.high_text(),
            "@actual_text": self.actual_text(),
            "@low": self.low(),
            "@high": self.high(),
            "@actual": self.actual(),
        }

    def cell(self, key: str) -> str:
        """The address of column `key` in the row, the column fixed."""
        return f"${xl_col_to_name(self.table.column(key))}{ROW}"

    def kind(self) -> str:
        """计算方式: the sign chosen, "" for an unknown one; without any 定性 for words, 区间 for a range, else ≥."""
        operator, target, signs = self.cell("operator"), self.cell("target"), list_name("operator")
        in_words = f'AND({target}<>"",{readings.without_figures(target)})'
        number = f"IF({readings.is_range(target)},{quoted(Operator.RANGE.label)},{quoted(Operator.AT_LEAST.label)})"
        unsaid = f"IF({in_words},{quoted(Operator.QUALITATIVE.label)},{number})"
        return f'=IF({operator}="",{unsaid},IF(ISNUMBER(MATCH({operator},{signs},0)),{operator},""))'

    def low_text(self) -> str:
        """目标文字: the bare text of the target, or of the lower side of a range."""
        cell, unit = self.cell("target"), self.cell("unit_of_measure")
        number = readings.single_text(cell, unit)
        lower = readings.range_text(cell, unit, upper=False)
        limit = readings.day_text(cell, limit=True)
        return f'=IFERROR(IF({self._is(Operator.DEADLINE)},{limit},IF({self._is(Operator.RANGE)},{lower},{number})),"")'

    def high_text(self) -> str:
        """上限文字: the bare text of the upper side of a range; "" for other rows."""
        upper = readings.range_text(self.cell("target"), self.cell("unit_of_measure"), upper=True)
        return f'=IFERROR(IF({self._is(Operator.RANGE)},{upper},""),"")'

    def actual_text(self) -> str:
        """完成文字: the bare text of the actual."""
        cell, unit = self.cell("actual"), self.cell("unit_of_measure")
        number, finish = readings.single_text(cell, unit), readings.day_text(cell, limit=False)
        return f'=IFERROR(IF({self._is(Operator.DEADLINE)},{finish},{number}),"")'

    def low(self) -> str:
        """目标数: the number or, for 时限, the day in a target; "" where there is none."""
        return self._value("target", "@low_text")

    def high(self) -> str:
        """上限数 of a range; "" for other rows."""
        return f'=IFERROR({readings.number(self.cell("@high_text"))},"")'

    def actual(self) -> str:
        """完成数: the number or the day in an actual; "" where there is none."""
        return self._value("actual", "@actual_text")

    def computed(self) -> str:
        """系统得分 by the rulebook; "" where the row cannot be scored."""
        weight = self.cell("max_points")
        share = f"IF({self._is(Operator.DEADLINE)},{self._late()},{self._numeric()})"
        points = f"MIN({weight},{self._round(f'{weight}*MAX(0,MIN(1,{share}))')})"
        measured = f'IF({self._unready()},"",{points})'
        native = f"IF({self._is(Operator.QUALITATIVE)},{self._qualitative()},{measured})"
        asked = calls.number_or(calls.SCORE.given(self.cell), native) if calls.answers(self.rulebook) else native
        return f'=IF(N({weight})<=0,"",{asked})'

    def points(self) -> str:
        """得分: the lower of computed and claimed, 0 where nothing can be computed, "" on an empty row."""
        weight, computed, claimed = (self.cell(key) for key in ("max_points", "@computed", "claimed_points"))
        lower = f'IF({claimed}="",{computed},MAX(0,MIN({self._round(claimed)},{computed})))'
        return f'=IF({weight}="","",IF({computed}="",0,IF({self._is_text("claimed_points")},"",{lower})))'

    def check(self) -> str:
        """检查答复: what SE_CHECK says of a begun row; "" without Python."""
        answer = calls.text_of(calls.CHECK.given(self.cell)) if calls.answers(self.rulebook) else '""'
        return f'=IF({self._untouched()},"",{answer})'

    def hint(self) -> str:
        """提示: the first thing that is amiss in this row, in a few words.

        What other formulas of the sheet stumble over comes first; of all else Python knows more, where it answers.
        """
        answer = self.cell("@check")
        native = _first(self._own_hints())
        asked = f"IF({calls.is_check(answer)},{calls.first_of(answer)},{native})"
        return f'=IF({self._untouched()},"",{_first(self._sheet_hints(), asked)})'

    def _untouched(self) -> str:
        return f'{self.cell("name")}&{self.cell("target")}&{self.cell("max_points")}=""'

    def _sheet_hints(self) -> Iterator[tuple[str, str]]:
        c = self.cell
        yield f'{c("@item")}=""', "请填任务序号"
        yield f"{item_begun(self.items, c('@item'))}=0", "任务序号不在“绩效目标”表中"
        yield f"ISNA(MATCH({c('category')},{list_name('category')},0))", "请从列表选一级指标"
        yield f'{c("max_points")}=""', "请填分值"
        yield f"N({c('max_points')})<=0", "分值请填大于0的数字"
        yield self._is_text("claimed_points"), "自评得分请填数字"

    def _own_hints(self) -> Iterator[tuple[str, str]]:
        c = self.cell
        measured = f"NOT({self._is(Operator.QUALITATIVE)})"
        deadline, unscored = self._is(Operator.DEADLINE), f'{c("@computed")}=""'
        yield f"ISNA(MATCH({c('operator')},{list_name('operator')},0))", "请从列表选符号"
        yield f"OR({self._is_text('step_size')},{self._is_text('step_points')})", "每差多少、每档扣分请填数字"
        yield f"AND(NOT({measured}),{unscored})", "请选完成档次并填自评得分"
        for text, value, name in (("target", "@low", "年度指标值"), ("actual", "@actual", "实际完成值")):
            yield f'AND({measured},{c(text)}="")', f"请填{name}"
            yield f'AND({deadline},{c(value)}="",{unscored})', f"{name}请填日期，如 2023-11-30"
        yield f"AND({self._is(Operator.RANGE)},{unscored})", "年度指标值请写成“下限-上限”，如 95-105"
        yield f'AND({measured},{c("@low")}="",{unscored})', "年度指标值读不出，请只填数字"
        yield f'AND({measured},{c("@actual")}="",{unscored})', "实际完成值读不出，请只填数字"
        yield f"AND({measured},{unscored},{self._mixed_percent()})", "百分数都按 90 这样填，不填 0.9"
        yield unscored, "年度指标值不能是负数"
        yield f"AND(ISNUMBER({c('claimed_points')}),{c('claimed_points')}>{c('@computed')})", "自评得分高于系统得分"
        yield f'AND({c("@points")}<{c("max_points")},{c("deviation_reason")}="")', "未得满分，请填偏差原因"
        over = plain(self.rulebook.reasons.overshoot.value)
        far = f"{measured},NOT({deadline}),N({c('@low')})>0,N({c('@actual')})>={over}*N({c('@low')})"
        yield f'AND({far},{c("deviation_reason")}="")', "超出目标较多，请说明原因"

    def _is(self, operator: Operator) -> str:
        return f"{self.cell('@kind')}={quoted(operator.label)}"

    def _is_text(self, key: str) -> str:
        return f'AND({self.cell(key)}<>"",NOT(ISNUMBER({self.cell(key)})))'

    def _round(self, value: str) -> str:
        return rounded(value, self.rulebook)

    def _value(self, key: str, text: str) -> str:
        day, number = readings.day(self.cell(key), self.cell(text)), readings.number(self.cell(text))
        return f'=IFERROR(IF({self._is(Operator.DEADLINE)},{day},{number}),"")'

    def _unready(self) -> str:
        """True where a number is missing, or what stands in 符号 is no sign of the list."""
        low, high = self.cell("@low"), self.cell("@high")
        strange = f'{self.cell("@kind")}=""'
        no_range = f'AND({self._is(Operator.RANGE)},OR({high}="",N({high})<N({low})))'
        steps = f"{self._is_text('step_size')},{self._is_text('step_points')}"
        missing = f'{low}="",{self.cell("@actual")}="",N({low})<0'
        return f"OR({missing},{strange},{no_range},{steps},{self._mixed_percent()})"

    def _mixed_percent(self) -> str:
        """True where one is a share (0.9) and the other a percentage (90), as `quantities.percent_mismatch` has it."""
        target, actual = (f'SUBSTITUTE({self.cell(key)},"％","%")' for key in ("target", "actual"))
        low, done = self.cell("@low"), self.cell("@actual")
        sign_in = {text: f'ISNUMBER(FIND("%",{text}))' for text in (target, actual)}
        unit = f'TRIM(SUBSTITUTE({self.cell("unit_of_measure")},"％","%"))'
        named = ",".join(f"{unit}={quoted(word)}" for word in PERCENT_UNITS)
        percentage = f'OR({named},AND({unit}="",OR({sign_in[target]},{sign_in[actual]})))'

        def share(one: str, text: str, other: str) -> str:
            near = f"N({other})<=200*N({one}),N({other})>=50*N({one})"
            return f"AND(N({one})>0,N({one})<=1.5,N({other})>1.5,{near},NOT({sign_in[text]}))"

        mixed = f"OR({share(low, target, done)},{share(done, actual, low)})"
        return f"AND({percentage},NOT({self._is(Operator.DEADLINE)}),{mixed})"

    def _qualitative(self) -> str:
        picked, claimed, weight = (self.cell(key) for key in ("achievement", "claimed_points", "max_points"))
        digits = max(self.rulebook.formulas.digits.value, BAND_DIGITS)
        bands = '""'
        for achievement in Achievement:
            band = self.rulebook.band_of(achievement)
            sides = (f"ROUND({plain(side.value)}*{weight},{digits})" for side in (band.floor, band.ceiling))
            low, high = (f"MIN({weight},{side})" for side in sides)
            held = f"MAX({low},MIN({self._round(claimed)},{high}))"
            bands = f"IF({picked}={quoted(achievement.label)},{held},{bands})"
        return f'IF(ISNUMBER({claimed}),{bands},"")'

    def _late(self) -> str:
        days = f"({self.cell('@actual')}-{self.cell('@low')})"
        share = "0"
        for band in reversed(self.rulebook.formulas.late):
            kept = plain(band.share.value)
            share = kept if band.days.value is None else f"IF({days}<={band.days.value},{kept},{share})"
        return f"IF({days}<=0,1,{share})"

    def _numeric(self) -> str:
        """The share for numbers: steps where the row has them, else below, above or inside the bounds."""
        low, actual = self.cell("@low"), f"MAX(0,{self.cell('@actual')})"
        size, cost = self.cell("step_size"), self.cell("step_points")
        lower_is_better = f"OR({self._is(Operator.AT_MOST)},{self._is(Operator.LESS)})"
        ranged, equal = self._is(Operator.RANGE), self._is(Operator.EQUAL)
        top = f"IF({ranged},{self.cell('@high')},{low})"
        under = f"IF({low}=0,1,{actual}/{low})"
        zero = f"AND({low}=0,{top}=0,OR({equal},{ranged}))"
        two_sided = f"IF({actual}<{low},{under},IF({actual}>{top},{self._over(top)},1))"
        exact = self.rulebook.formulas.equal.value is Equality.EXACT
        equals = f"IF({actual}={low},1,0)" if exact else under
        plain_share = (
            f"IF({zero},IF({actual}=0,1,0),IF({lower_is_better},IF({actual}<={low},1,{self._over(low)}),"
            f"IF({ranged},{two_sided},IF({equal},{equals},{under}))))"
        )
        stepped = f"AND(N({size})>0,N({cost})>0)"
        return f"IF({stepped},{self._step(lower_is_better, top)},{plain_share})"

    def _over(self, bound: str) -> str:
        actual = self.cell("@actual")
        if self.rulebook.formulas.reverse.value is Reverse.LINEAR:
            return f"IF({bound}=0,0,1-({actual}-{bound})/{bound})"
        return f"IF({bound}=0,0,{bound}/{actual})"

    def _step(self, lower_is_better: str, top: str) -> str:
        low, actual, weight = self.cell("@low"), f"MAX(0,{self.cell('@actual')})", self.cell("max_points")
        exact = self.rulebook.formulas.equal.value is Equality.EXACT
        equal = self._is(Operator.EQUAL) if exact else f"AND({self._is(Operator.EQUAL)},{low}=0)"
        two = f"OR({equal},{self._is(Operator.RANGE)})"
        below, above = f"{low}-{actual}", f"{actual}-{top}"
        missing = f"MAX(0,IF({lower_is_better},{above},IF({two},MAX({below},{above}),{below})))"
        function = "ROUNDUP" if self.rulebook.formulas.partial_step.value is PartialStep.UP else "ROUNDDOWN"
        steps = f"{function}(ROUND({missing}/{self.cell('step_size')},{INNER_DIGITS}),0)"
        return f"1-{steps}*{self.cell('step_points')}/{weight}"


def _first(hints: Iterable[tuple[str, str]], otherwise: str = '""') -> str:
    """The words of the first test that is true, else `otherwise`."""
    for test, words in reversed(list(hints)):
        otherwise = f"IF({test},{quoted(words)},{otherwise})"
    return otherwise

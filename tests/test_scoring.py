"""Points of rows, blocks and totals: the rules of the domain, row kind by row kind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import submissions
from xl_selfeval.measure import measure
from xl_selfeval.model import Achievement, Amounts, Indicator, Operator, Submission
from xl_selfeval.rulebook import find_rulebook, shipped_rulebooks
from xl_selfeval.rulebook.schema import Rulebook
from xl_selfeval.scoring import Rule, execution_rate, score, score_execution, score_row

MOF = find_rulebook("mof-2020")


def variant(book: Rulebook = MOF, **options: object) -> Rulebook:
    """A rulebook with other formula options, e.g. reverse="linear"."""
    data = book.model_dump(mode="json")
    for name, value in options.items():
        data["formulas"][name] = {"value": value, "verified": False}
    return Rulebook.model_validate(data)


RATIO, LINEAR = variant(reverse="ratio"), variant(reverse="linear")


def row(operator, target, actual, weight=10, book=RATIO, **more):
    indicator = Indicator(
        operator=Operator(operator) if operator else None,
        target=str(target),
        actual=str(actual),
        max_points=Decimal(str(weight)),
        **more,
    )
    return score_row(indicator, measure(indicator, 2023), book)


@pytest.mark.parametrize(
    ("operator", "target", "actual", "points", "rule"),
    [
        ("≥", "100", "98", "9.80", Rule.HIGHER),
        ("≥", "100", "100", "10.00", Rule.HIGHER),
        ("≥", "100", "405", "10.00", Rule.HIGHER),
        ("≥", "100", "0", "0.00", Rule.HIGHER),
        ("≥", "100", "-5", "0.00", Rule.HIGHER),
        (">", "100", "50", "5.00", Rule.HIGHER),
        ("≥", "0", "0", "10.00", Rule.HIGHER),
        ("≥", "3", "1", "3.33", Rule.HIGHER),
        ("≥", "200", "195.5", "9.78", Rule.HIGHER),  # 9.775 half-up
        ("=", "100", "98", "9.80", Rule.EQUAL),
        ("=", "100", "120", "10.00", Rule.EQUAL),
        ("=", "0", "0", "10.00", Rule.ZERO),
        ("=", "0", "1", "0.00", Rule.ZERO),
        ("≤", "0", "0", "10.00", Rule.ZERO),
        ("≤", "0", "2", "0.00", Rule.ZERO),
        ("≤", "200", "195.5", "10.00", Rule.LOWER),
        ("<", "200", "200", "10.00", Rule.LOWER),
        ("≤", "200", "250", "8.00", Rule.LOWER_RATIO),
        ("区间", "95-105", "100", "10.00", Rule.RANGE),
        ("区间", "95-105", "95", "10.00", Rule.RANGE),
        ("区间", "95-105", "76", "8.00", Rule.RANGE),
        ("区间", "95-105", "131.25", "8.00", Rule.RANGE),
        ("时限", "2023年11月30日前", "2023-11-30", "10.00", Rule.DEADLINE),
    ],
)
def test_a_row_by_its_kind(operator, target, actual, points, rule):
    got = row(operator, target, actual)
    assert (str(got.computed), got.rule) == (points, rule)


def test_lower_is_better_linear_reaches_zero_at_twice_the_target():
    assert [str(row("≤", 200, b, book=LINEAR).computed) for b in (200, 250, 300, 400, 900)] == [
        "10.00",
        "7.50",
        "5.00",
        "0.00",
        "0.00",
    ]


def test_equal_can_be_all_or_nothing():
    exact = variant(equal="exact")
    assert [row("=", 100, b, book=exact).computed for b in (100, 99, 101)] == [10, 0, 0]


def test_a_late_row_keeps_the_share_of_its_band():
    deadline = date(2023, 11, 30)
    late = {days: row("时限", "2023-11-30", deadline + timedelta(days)).computed for days in (0, 1, 30, 31, 90, 91)}
    shares = [band.share.value * 10 for band in RATIO.formulas.late]
    assert list(late.values()) == [10, shares[0], shares[0], shares[1], shares[1], shares[2]]


@pytest.mark.parametrize(
    ("mode", "points"), [("up", ("10", "9", "9", "8", "0")), ("down", ("10", "10", "9", "9", "0"))]
)
def test_steps_take_points_for_each_step_below(mode, points):
    book = variant(partial_step=mode)
    got = [
        row("≥", 90, b, book=book, step_size=Decimal(5), step_points=Decimal(1)).computed
        for b in ("90", "86", "85", "84", "10")
    ]
    assert [format(p.normalize(), "f") for p in got] == list(points)


@pytest.mark.parametrize(
    ("band", "claimed", "computed"),
    [
        (Achievement.ACHIEVED, "9", "9"),
        (Achievement.ACHIEVED, "7", "8.00"),
        (Achievement.PARTLY, "9.5", "8.00"),
        (Achievement.MISSED, "0", "0"),
    ],
)
def test_a_qualitative_row_holds_the_persons_points_in_the_band(band, claimed, computed):
    book = variant(find_rulebook("mof-2020"))
    got = row("定性", "", "", book=book, achievement=band, claimed_points=Decimal(claimed))
    assert got.computed == Decimal(computed) and got.rule is Rule.QUALITATIVE


def test_more_than_an_equal_target_is_no_shortfall_unless_the_scheme_wants_it_exact():
    step = {"step_size": Decimal(5), "step_points": Decimal(1)}
    assert [row("=", 100, b, **step).computed for b in (95, 100, 120)] == [9, 10, 10]
    assert row("=", 100, 120, book=variant(equal="exact"), **step).computed == 6
    assert row("=", 0, 5, **step).computed == 9


def test_weights_above_the_total_do_not_lift_it():
    rows = [Indicator(category="output", operator="≥", target="1", actual="1", max_points=100) for _ in range(2)]
    card = score(Submission(items=[{"indicators": [r.model_dump() for r in rows]}]), MOF)
    assert [block.points for block in card.blocks] == [50, 0, 0]
    assert card.total == 50  # always the sum of what is printed


def test_a_lower_claim_is_told_in_the_explanation():
    assert row("≥", 100, 98, claimed_points=Decimal(7)).explanation == (
        "98 ÷ 100 × 10 = 9.80；自评7分，取较低者，得7.00分"
    )


def test_a_whole_point_scheme_shows_what_it_rounded():
    hebei = find_rulebook("hebei-2019")
    assert row("≥", "43.2", "37.24", book=hebei).explanation == "37.24 ÷ 43.2 × 10 = 8.62，取整为9"
    half = row("定性", "", "", 4, hebei, achievement=Achievement.ACHIEVED, claimed_points=Decimal("3.8"))
    assert (half.points, half.explanation) == (4, "“达成预期指标”档为3.20至4.00分，计4分")


def test_claims_are_rounded_as_the_scheme_rounds():
    assert row("≥", 100, 98, book=find_rulebook("hebei-2019"), claimed_points=Decimal("8.6")).points == 9


def test_a_qualitative_row_without_band_or_points_cannot_be_scored():
    assert row("定性", "有效", "有效", claimed_points=Decimal(9)).computed is None
    assert row("定性", "有效", "有效", achievement=Achievement.ACHIEVED).computed is None


@pytest.mark.parametrize(
    ("claimed", "points"), [(None, "9.80"), ("9", "9"), ("9.80", "9.80"), ("10", "9.80"), ("-1", "0")]
)
def test_final_points_are_the_lower_of_claimed_and_computed(claimed, points):
    got = row("≥", 100, 98, claimed_points=None if claimed is None else Decimal(claimed))
    assert got.points == Decimal(points)


def test_a_row_that_cannot_be_scored_counts_nothing_and_says_why():
    got = row("≥", 100, "", claimed_points=Decimal(10))
    assert (got.computed, got.points) == (None, 0) and "没有填写实际完成值" in got.explanation


@pytest.mark.parametrize(
    ("operator", "target", "actual", "explanation"),
    [
        ("≥", "100", "98", "98 ÷ 100 × 10 = 9.80"),
        ("≤", "200", "250", "200 ÷ 250 × 10 = 8.00"),
        ("≥", "100", "120", "120 ≥ 100，达到目标，得10.00分"),
        ("区间", "95-105", "100", "100在95至105之间，得10.00分"),
        ("=", "0", "1", "目标为0，实际为1，得0.00分"),
    ],
)
def test_the_explanation_shows_the_numbers_put_in(operator, target, actual, explanation):
    assert row(operator, target, actual).explanation == explanation


@pytest.mark.parametrize(
    ("budget", "spent", "rate", "points"),
    [
        ("200", "195.5", "0.9775", "9.78"),
        ("43.2", "37.24", None, "8.62"),
        ("100", "120", "1.2", "10.00"),
        ("0", "0", None, "0.00"),
        ("0", "5", None, "0.00"),
        (None, "5", None, "0.00"),
        ("100", None, None, "0.00"),
        ("100", "-5", "0", "0.00"),
    ],
)
def test_execution(budget, spent, rate, points):
    funds = Amounts(
        adjusted_budget=None if budget is None else Decimal(budget),
        executed_amount=None if spent is None else Decimal(spent),
    )
    got = score_execution(funds, MOF)
    assert str(got.points) == points
    if rate is not None:
        assert got.rate == Decimal(rate)


def test_execution_in_hubei_and_hebei():
    hubei = score_execution(
        Amounts(adjusted_budget=Decimal(200), executed_amount=Decimal("195.5")), find_rulebook("hubei")
    )
    assert str(hubei.points) == "19.55"
    hebei = find_rulebook("hebei-2019")
    whole = score_execution(Amounts(adjusted_budget=Decimal("43.2"), executed_amount=Decimal("37.24")), hebei)
    assert str(whole.points) == "9"


def test_whole_point_rounding_never_lifts_a_row_above_its_weight():
    hebei = find_rulebook("hebei-2019")
    met = row("≥", 100, 100, weight="8.5", book=hebei)
    picked = {"achievement": Achievement.ACHIEVED, "claimed_points": Decimal(9)}
    judged = row("定性", "", "", weight="8.5", book=hebei, **picked)
    assert [met.computed, met.points, judged.computed, judged.points] == [Decimal("8.5")] * 4


def test_an_empty_submission_scores_zero_and_is_the_lowest_grade():
    for name in shipped_rulebooks():
        card = score(Submission(), find_rulebook(name))
        assert card.total == 0 and card.grade.code == "poor" and card.rows == ()


ANY_BOOK = st.sampled_from(sorted(shipped_rulebooks())).map(find_rulebook)
NUMBER = st.decimals(0, 10**6, places=3)
WEIGHT = st.decimals(Decimal("0.1"), 100, places=1)


@settings(deadline=None, max_examples=150)
@given(submissions(), ANY_BOOK)
def test_no_submission_crashes_scoring_and_points_stay_between_zero_and_the_weight(submission, book):
    card = score(submission, book)
    for scored in card.rows:
        assert 0 <= scored.points <= max(scored.max, 0)
        assert scored.computed is None or 0 <= scored.computed <= scored.max
    assert 0 <= card.execution.points <= card.execution.max
    assert card.grade in book.grades


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["≥", ">", "="]), NUMBER, NUMBER, NUMBER, WEIGHT, ANY_BOOK)
def test_more_never_lowers_the_points_where_higher_is_better(operator, target, one, other, weight, book):
    low, high = sorted((one, other))
    assume(operator != "=" or book.formulas.equal.value != "exact")
    if operator == "=" and target == 0:
        low, high = high, low  # nothing is the best where the target is 0
    assert row(operator, target, low, weight, book).computed <= row(operator, target, high, weight, book).computed


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["≤", "<"]), NUMBER, NUMBER, NUMBER, WEIGHT, ANY_BOOK)
def test_less_never_lowers_the_points_where_lower_is_better(operator, target, one, other, weight, book):
    low, high = sorted((one, other))
    assert row(operator, target, high, weight, book).computed <= row(operator, target, low, weight, book).computed


@settings(deadline=None, max_examples=100)
@given(NUMBER, NUMBER, NUMBER, NUMBER, st.booleans(), ANY_BOOK)
def test_nearer_to_the_range_never_lowers_the_points(one, other, near, far, above, book):
    low, high = sorted((one, other))
    near, far = sorted((near, far))
    beyond = (lambda d: high + d) if above else (lambda d: max(Decimal(0), low - d))
    target = f"{low}-{high}"
    assume(low != high)
    assert row("区间", target, beyond(far), 10, book).computed <= row("区间", target, beyond(near), 10, book).computed


@settings(deadline=None, max_examples=100)
@given(st.dates(date(2023, 1, 1), date(2025, 1, 1)), st.dates(date(2023, 1, 1), date(2025, 1, 1)), ANY_BOOK)
def test_earlier_never_lowers_the_points(one, other, book):
    early, late = sorted((one, other))
    assert row("时限", "2023-06-30", late, 10, book).computed <= row("时限", "2023-06-30", early, 10, book).computed


@given(st.decimals(0, 10**6, places=2), st.decimals(Decimal("0.01"), 10**6, places=2))
def test_the_execution_rate_is_exact(spent, budget):
    assert execution_rate(Amounts(executed_amount=spent, adjusted_budget=budget)) == spent / budget

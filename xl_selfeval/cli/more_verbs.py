"""The verbs `table` and `next-year`: what two buttons do, for a saved file and without macros."""

from __future__ import annotations

from xl_selfeval.assessment import assess, choose_rulebook, output_name, read
from xl_selfeval.cli import show
from xl_selfeval.cli.verbs import OneFile, Output, RulebookName, app
from xl_selfeval.cli.words import ChineseCommand
from xl_selfeval.cli.writing import remind, target_of, tell_unread, write


@app.command(cls=ChineseCommand)
def table(file: OneFile, rulebook: RulebookName = None, output: Output = None) -> int:
    """导出可打印、签字和公开的自评表（.xlsx）。"""
    from xl_selfeval.workbook.official import official_table

    target = target_of(output, ".xlsx")
    result = assess(file, rulebook)
    target = target or file.with_name(output_name(result.submission, "自评得分表", file) + ".xlsx")
    write(target, official_table(result.submission, result.card), "自评表")
    return remind(result)


@app.command("next-year", cls=ChineseCommand)
def next_year(file: OneFile, rulebook: RulebookName = None, output: Output = None) -> int:
    """结转下一年度：带上单位、职责、目标和指标，本年数转为上年数。"""
    from xl_selfeval.next_year import ADVICE
    from xl_selfeval.next_year import next_year as carried
    from xl_selfeval.workbook.template import build_workbook

    target = target_of(output, ".xlsx")
    reading = read(file)
    chosen = choose_rulebook(rulebook, reading, file)
    submission = carried(reading.submission)
    target = target or file.with_name(output_name(submission, "自评表", file) + ".xlsx")
    write(target, build_workbook(chosen, submission), f"{submission.fiscal_year}年度的工作簿")
    show.say(ADVICE)
    return tell_unread(reading)

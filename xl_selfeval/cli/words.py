"""Chinese for what the command-line library says in English: help headings and usage errors."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup, TyperOption

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.DEFAULT_STRING = "[默认：{}]"
rich_utils.REQUIRED_LONG_STRING = "[必填]"


_JOBS = ("demo", "template", "fill", "check", "score", "report", "table", "next-year")
VERBS = (*_JOBS, "rulebook", "schema", "build", "list", "show")
PIECES = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "[参数]…"}


class _Chinese:
    """Usage line and --help text in Chinese, for a command or a group."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        line = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        for english, chinese in PIECES.items():
            line = line.replace(english, chinese)
        formatter.write_usage(ctx.command_path, line, prefix="用法：")

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, without the library's English type names (<bool>, <list[Path]>)."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in params:
            if not isinstance(parameter, TyperOption) or parameter.metavar is None:
                parameter.display_type_rich = _no_type
            if "--help" in parameter.opts:
                parameter.help = "显示本说明"
        return params


def _no_type(ctx: Any) -> None:
    """No type shown."""


class ChineseCommand(_Chinese, TyperCommand):
    """A command that explains itself in Chinese."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands that explains itself in Chinese."""


def usage_error(error: Any) -> str:
    """A usage error of the library as a Chinese sentence with the next step."""
    kind, help_hint = type(error).__name__, "用 --help 查看用法"
    if kind == "NoArgsIsHelpError":
        return "请写明要做什么，例如 xl-selfeval demo"
    if kind == "NoSuchOption":
        near = f"，是否想用 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有“{error.option_name}”这个选项{near}。{help_hint}"
    if kind == "MissingParameter":
        return f"缺少参数“{_parameter(error)}”。{help_hint}"
    if kind == "BadParameter":
        return f"参数“{_parameter(error)}”的值不对：{error.message}。{help_hint}"
    if kind == "BadOptionUsage":
        return f"选项“{error.option_name}”后面缺少值。{help_hint}"
    return f"{_of_message(str(error.format_message()))}。{help_hint}"


def _of_message(message: str) -> str:
    """What is only said in the library's message: an unknown command, or arguments too many."""
    quoted = re.findall(r"'([^']+)'", message)
    if message.startswith("No such command"):
        near = get_close_matches(quoted[0], VERBS, n=1)
        return f"没有“{quoted[0]}”这个命令" + (f"，是否想用 {near[0]}" if near else "")
    if "extra argument" in message:
        extra = re.search(r"\(([^()]*)\)$", message)
        return f"参数太多：多出“{extra[1] if extra else ''}”"
    return f"命令用法不对（{message}）"


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(error.param_hint or "").strip("'")
    return str(parameter.metavar or parameter.opts[0])

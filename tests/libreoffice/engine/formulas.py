"""Formulas between Excel's grammar and LibreOffice's own, by their marks: IF(数据!A1>0,1,2) and IF($数据.A1>0;1;2).

LibreOffice's own parser does the same and takes two milliseconds a formula; a test compares the two.
"""

from __future__ import annotations

import re

TEXT = r'"(?:[^"]|"")*"'
SHEET = r"'(?:[^']|'')+'|[^\W\d][\w.]*"
ERROR = r"#[A-Z/0]+[!?]?"
CELL = r"\$?[A-Z]{1,3}(?:\$?[0-9]|:)|\$?[0-9]+:"
PLAIN_TITLE = re.compile(r"[^\W\d][\w.]*")
LIKE_AN_ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[RrCc][0-9]*")

_FROM_EXCEL = re.compile(rf"(?P<keep>{TEXT}|{ERROR})|(?P<sheet>{SHEET})!|(?P<new>_xlfn\.)|(?P<mark>[,;{{}}])")
_TO_EXCEL = re.compile(rf"(?P<keep>{TEXT}|{ERROR})|\$?(?P<sheet>{SHEET})\.(?={CELL})|(?P<mark>[;|{{}}])")
_IN_ARRAY = {",": ";", ";": "|"}


def to_office(formula: str) -> str:
    """`formula` of Excel, with its "=", as LibreOffice's cells take it."""
    inside = False

    def one(match: re.Match[str]) -> str:
        nonlocal inside
        if match["keep"] or match["new"]:
            return match["keep"] or ""
        if match["sheet"]:
            return f"${match['sheet']}."
        mark = match["mark"]
        inside = mark == "{" or (inside and mark != "}")
        return _IN_ARRAY.get(mark, mark) if inside else mark.replace(",", ";")

    return _FROM_EXCEL.sub(one, formula)


def to_excel(formula: str) -> str:
    """`formula` of a LibreOffice cell, with its "=", as Excel shows it."""
    inside = False

    def one(match: re.Match[str]) -> str:
        nonlocal inside
        if match["keep"]:
            return match["keep"]
        if match["sheet"]:
            return f"{quoted(unquoted(match['sheet']))}!"
        mark = match["mark"]
        inside = mark == "{" or (inside and mark != "}")
        if inside:
            return {";": ",", "|": ";"}.get(mark, mark)
        return mark.replace(";", ",")

    return _TO_EXCEL.sub(one, formula)


def quoted(title: str) -> str:
    """A sheet's title as it stands before a "!": Excel writes quotes only where they are needed."""
    plain = PLAIN_TITLE.fullmatch(title) and not LIKE_AN_ADDRESS.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    """The title of which `title` is the quoted form."""
    return title[1:-1].replace("''", "'") if title.startswith("'") else title

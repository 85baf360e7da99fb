"""A faultless rulebook of known lines, which the tests spoil at one place each."""

from pathlib import Path

SOUND = """\
id: sound
name: 测试办法
level: 项目支出
version: "1"
sources:
  form: {document: 自评表, link: "https://example.org/form", date: 2023-07-21}
  rumour: {document: 听说}
total: {value: 100, source: form}
execution: {value: 10, source: form}
blocks:
  - {name: 产出指标, categories: [output, cost], points: {value: 60, source: form}}
  - {name: 效益指标, categories: [benefit], points: {value: 30, source: form}}
grades:
  - {code: excellent, name: 优, floor: {value: 90, source: rumour, verified: false}}
  - {code: good, name: 良, floor: {value: 80, verified: false}}
  - {code: poor, name: 差, floor: {value: 0, verified: false}}
bands:
  - {achievement: achieved, floor: {value: 0.8, verified: false}, ceiling: {value: 1, verified: false}}
  - {achievement: partly, floor: {value: 0.6, verified: false}, ceiling: {value: 0.8, verified: false}}
  - {achievement: missed, floor: {value: 0, verified: false}, ceiling: {value: 0.6, verified: false}}
formulas:
  digits: {value: 2, verified: false}
  equal: {value: ratio, verified: false}
  reverse: {value: linear, verified: false}
  partial_step: {value: up, verified: false}
  late:
    - {days: {value: 30, verified: false}, share: {value: 0.1, verified: false}}
    - {days: {value: null, verified: false}, share: {value: 0, verified: false}}
reasons:
  overshoot: {value: 1.3, verified: false}
  overshoot_notice: {value: 1.2, verified: false}
  execution_below: {value: 0.9, verified: false}
  execution_above: {value: 1, verified: false}
limits:
  reason_length: {value: 100, verified: false}
  text_length: {value: null, verified: false}
  largest_share: {value: 0.3, verified: false}
"""


def spoilt(old: str, new: str) -> str:
    """SOUND with the one `old` changed to `new`; fails when there is no such place or more than one."""
    assert SOUND.count(old) == 1, f"{old!r} stands {SOUND.count(old)} times in SOUND"
    return SOUND.replace(old, new)


def written(folder: Path, text: str | bytes, name: str = "own.yaml") -> Path:
    """A file of that text (UTF-8) or those bytes."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path

"""The checks as a page: what each compares, how far it may go, and its sentences; made by `make docs`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sct.proofing.checks import Check, checks

GROUPS: Mapping[str, str] = {
    "levels": "A. Mức, tốc độ tăng, kỳ gốc · levels, growth, base",
    "parts": "B. Phần và tổng · parts and totals",
    "contributions": "C. Đóng góp · contributions to growth",
    "multiples": "D. Bội số, kế hoạch, giới hạn · multiples, plans, bounds",
    "spelling": "E. Đơn vị, cỡ số, cách viết · units, scale, spelling",
    "vintages": "F. Nhiều nơi, nhiều lần công bố, thời gian · vintages, time, ledger",
}
VERDICTS: Mapping[str, str] = {
    "khop": "KHỚP",
    "goi_y": "GỢI Ý",
    "nghi": "NGHI",
    "loi": "LỖI",
    "khong_kiem_duoc": "KHÔNG KIỂM ĐƯỢC",
}


def reference() -> str:
    """The whole page, chapter by chapter."""
    lines = [
        "# Kiểm tra số liệu · the checks",
        "",
        "Made from `src/sct/declarations/checks/` by `make docs`. How a verdict is reached: "
        "[how proofing decides](../why/proofing.md), [rounding](../why/rounding.md).",
        "",
    ]
    every = sorted(checks().values(), key=lambda check: int(check.code[1:]))
    for group, title in GROUPS.items():
        lines += [f"## {title}", ""]
        for check in every:
            if check.group == group:
                lines += _check(check)
    return "\n".join(lines)


def _check(check: Check) -> Iterator[str]:
    """The lines of one check."""
    yield f"### {check.code}. {check.name}"
    yield ""
    yield f"*{check.name_en}.* `{check.formula}`"
    yield ""
    limits = f"nặng nhất {VERDICTS[check.policy.most.value]}"
    limits += f", thiếu khóa {VERDICTS[check.policy.unkeyed.value]}"
    limits += f", với sổ {VERDICTS[check.policy.with_ledger.value]}"
    yield f"- Mức kết luận: {limits}{'' if check.enabled else ' (đang tắt)'}"
    if check.explains:
        yield f"- Nhận các phát hiện có nguyên nhân `{check.explains}` của kiểm tra khác"
    for relation in check.relations:
        yield f"- Tính: `{relation.formula.text}` so với `{relation.measure}`"
    yield ""
    yield "| | câu | kết luận |"
    yield "| --- | --- | --- |"
    for mark, examples in (("✓", check.passing), ("✗", check.failing)):
        for example in examples:
            yield f"| {mark} | {_told(example)} | {_verdict(example)} |"
    yield ""


def _told(example: Mapping[str, Any]) -> str:
    texts = [str(part["text"]) for part in example.get("texts", [example])]
    told = " ⏐ ".join(texts)
    kept = example.get("ledger", ())
    if kept:
        figures = "; ".join(f"{row['indicator']} {row['period']}: {row['number']}" for row in kept)
        told += f" [sổ: {figures}]"
    counted = example.get("counted", ())
    if counted:
        figures = "; ".join(f"{row['indicator']} {row['period']}: {row['number']}" for row in counted)
        told += f" [đếm từ sổ bộ: {figures}]"
    return told.replace("|", "⏐")


def _verdict(example: Mapping[str, Any]) -> str:
    said = VERDICTS[example["verdict"]] if "verdict" in example else "–"
    return f"{said}, `{example['cause']}`" if "cause" in example else said

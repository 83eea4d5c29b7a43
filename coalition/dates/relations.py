"""What a phrase asks of the days it names: by, on, in, after or every.

"Trước ngày 28" includes the 28th, as members mean it; "trước tháng 3" ends with February, because a
whole month cannot be the last day.
"""

import re
from dataclasses import replace
from functools import lru_cache

from coalition.dates import words
from coalition.dates.deadlines import Deadline
from coalition.dates.joining import read_again
from coalition.dates.spans import DAY
from coalition.dates.working_days import previous_working_day

_WORDS = {
    "before": r"trước(?: khi)?(?: đến)?|before|ahead of|prior to|giáp|sát|cận|in advance of",
    "by": r"(?:thời )?hạn(?: [^\W\d]+){1,3}(?= ?:| là )|trước khi (?:kết thúc|hết)|muộn nhất|chậm nhất|trễ nhất|hạn chót|hạn cuối(?: cùng)?|hạn nộp|hạn gửi|thời hạn|kỳ hạn|hạn|deadline|"
    r"(?:cho )?(?:đến|tới) hết|cho đến|cho tới|đến trước|đến|tới|hết|không muộn hơn|không trễ hơn|không quá|kịp|xong trong|"
    r"by(?: the end of)?|until|till|no later than|not later than|at the latest(?: by)?|due(?: date)?(?: by)?|latest|up to",
    "after": r"(?:chờ |đợi )?(?:đến )?sau(?: khi)?|after|following",
    "from": r"kể từ|bắt đầu từ|bắt đầu|áp dụng từ|từ|sớm nhất|không sớm hơn|không trước|from|since|starting(?: from| on)?|as of|as from|"
    r"not before|no earlier than|not earlier than",
    "in": r"trong(?: suốt| thời gian)?|vào|during|within|in|throughout",
    "every": r"hàng|hằng|mỗi|cứ|every|each",
}
_FILLER = (
    r"(?:[ :,(-]|lễ|đợt|là|vào|trong|khoảng|dịp|kỳ|nghỉ|ngày|lúc|tháng|the|on|in|of|is|đúng|dự kiến|around|about|"
    r"eod|cob|close of business|end of day)*"
)
_AFTERWARDS = {
    "from": r" ?(?:trở đi|trở về sau|onwards?)",
    "by": r" ?[,(]? ?(?:trở về trước|là (?:ngày )?hạn|at the latest|là chậm nhất|là muộn nhất|or earlier|hạn chót|deadline)",
}
_AND = re.compile(r"[ )]*(?:,|và|hoặc|hay|va|and|or|/|&|cũng như)[ ]*(?:vào )?")
_TET_OVER = re.compile(r"(?:qua|ra|hết|het|xong) $")
_LEFT = 48  # letters before a date in which its relation is looked for


@lru_cache(maxsize=2)
def _patterns(without_accents):
    read = words.bare if without_accents else str
    left = [
        (name, re.compile(rf"(?:^|(?<=[\s(,.:;/-]))(?:{read(source)})(?!\w){read(_FILLER)}$"))
        for name, source in _WORDS.items()
    ]
    right = [(name, re.compile(rf"{read(source)}(?!\w)")) for name, source in _AFTERWARDS.items()]
    return left, right


def deadlines(tokens, text, now):
    """Return one Deadline for each date that the tokens name, in the order of the words."""
    found, end, last = [], 0, None
    for token in tokens:
        between = text[end : token.start]
        relation, said = _relation(between[-_LEFT:], text[token.end : token.end + 24], now.bare)
        if relation is None and last and _AND.fullmatch(between):
            relation, said = last
        last, end = (relation, said), token.end
        shown = _as_written(token, said if between.endswith(said) else "", now.raw)
        found += [
            replace(_deadline(span, token, relation, said, text, now), words=shown) for span in token.spans
        ]
    return found


def _as_written(token, said, raw):
    """Return the words of the date with its relation ("trước Tết (10/2)"), as they were typed."""
    shown = raw[token.start - len(said) : token.end]
    if shown.count("(") > shown.count(")") and raw[token.end : token.end + 1] == ")":
        shown += ")"
    return shown.strip(" ,:;(") if shown.count("(") > shown.count(")") else shown.strip(" ,:;")


def _relation(left, right, bare):
    """Return the relation and the words that say it: the longest that end where the date begins."""
    lefts, rights = _patterns(bare)
    found = [(match.start(), name, match[0]) for name, pattern in lefts if (match := pattern.search(left))]
    for name, pattern in rights:
        if pattern.match(right):
            return name, right
    if not found:
        return None, ""
    _start, name, said = min(found)
    return name, said


def _deadline(span, token, relation, said, text, now):
    token_words = text[token.start : token.end]
    relation = _settled(relation, span, token_words, text[: token.start])
    if relation in {"by", "before"}:
        return _due(span, token, relation, said, token_words, now)
    if relation in ("after", "from"):
        not_before = span.end + DAY if relation == "after" else span.start
        return _make("after", span, token, token_words, not_before=not_before)
    if relation == "every":
        named = span.kind == "weekday" or any(key == "named" for key, _values in span.notes)
        span = replace(span, grain="week") if span.kind == "weekday" else span
        return _make("every", span, token, token_words, due_on=span.end if named else None)
    return _make(relation, span, token, token_words, due_on=span.end)


def _settled(relation, span, token_words, before):
    """Decide what kind of days and the words around them leave open."""
    if span.kind == "every" or (relation == "every" and span.kind in ("weekday", "date")):
        return "every"
    if span.kind == "tet" and _TET_OVER.search(before):
        return "after"
    if relation in ("by", "before", "after"):
        return relation
    if relation == "from" and span.kind != "stretch":
        return relation
    if span.kind == "within" or words.bare(token_words).startswith("het "):
        return "by"
    return "on" if span.start == span.end else "in"


def _due(span, token, relation, said, token_words, now):
    """Return what must be done by the span; a day that has passed is no deadline: `due_on` is then None."""
    due = _last_day(span, relation, said, now)
    if due < now.today and not span.fixed:
        span = read_again(token, now)
        due = _last_day(span, relation, said, now)
    if due < now.today:
        due = None
    if relation == "before" and span.kind == "period":
        span = span.noting("before")
    return _make("by", span, token, token_words, due_on=due)


def _last_day(span, relation, said, now):
    """Return the last day for doing what is due by or before a span."""
    if span.kind == "tet" and not words.bare(said).startswith(("den het", "toi het", "cho den het")):
        return previous_working_day(span.start - DAY, now.overrides)
    if relation == "by" or span.kind not in ("period", "part", "stretch"):
        return span.end
    if span.kind == "stretch":
        return span.start
    if span.kind == "period":
        return span.start - DAY
    which = next((key for key, _values in span.notes if key.endswith("_part")), "last_part")
    return {"first_part": span.start - DAY, "middle_part": span.start + (span.end - span.start) // 2}.get(
        which, span.end
    )


def _make(relation, span, token, token_words, due_on=None, not_before=None):
    return Deadline(
        relation,
        span.start,
        span.end,
        grain=span.grain,
        due_on=due_on,
        not_before=not_before,
        notes=span.notes,
        words=token_words,
        at=(token.start + token.end) // 2,
    )

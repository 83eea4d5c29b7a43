"""From a table to what it says: agenda items with their pillars, actions, the next meeting, and what stays unclear."""

import re
from dataclasses import asdict, dataclass, field

from coalition import text
from coalition.dates import Deadline, parse_deadline
from meetings.minutes import sentences
from meetings.minutes.table import ACTION, BULLET, CONTENT, DUE, NUMBERED, OWNER

_NEXT = re.compile(
    r"(?:lịch họp tiếp theo|(?:cuộc )?họp (?:tiếp theo|lần tới|lần sau|kế tiếp|tới)|buổi họp (?:tới|sau)|next meeting)[^:]{0,20}:?\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:,? ?(?:tại|địa điểm|ở|at|venue|place)(?: là)?:? )(?P<place>[^.;\n]{2,200})", re.IGNORECASE
)
_HELD = re.compile(r"(?:ngày|họp|date|held|thời gian|biên bản|minutes)", re.IGNORECASE)
_TITLED = re.compile(r"^(?P<title>[^:.]{2,60}):\s*(?P<rest>.*)$")


@dataclass
class Point:
    """A numbered point of an agenda item: "1. Capacity building", with what was said."""

    number: str = ""
    title: str = ""
    pillar: str | None = None
    content: list[str] = field(default_factory=list)


@dataclass
class Item:
    """One row of the table: what it is about, and its points."""

    row: int
    title: str = ""
    content: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)


@dataclass
class Part:
    """What one organisation owes of an action: "*" is every member; `due` may be its own."""

    code: str
    person: str
    due: Deadline


@dataclass
class Action:
    """A follow-up action of the minutes."""

    row: int
    line: int
    text: str
    person: str = ""
    due: Deadline = field(default_factory=Deadline)
    parts: list[Part] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    pillar: str | None = None

    @property
    def is_for_every_member(self):
        return any(part.code == "*" for part in self.parts)


@dataclass
class Doubt:
    """A line that was not understood, or not wholly: `why` is "who", "nothing", "date_of_meeting" or "where"."""

    row: int
    column: int
    line: int
    text: str
    why: str


@dataclass
class Minutes:
    """What was understood of a table of minutes."""

    held_on: object
    items: list[Item] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    next_meeting: dict | None = None
    proposals: list[Action] = field(default_factory=list)  # deadlines in the left column: perhaps actions
    doubts: list[Doubt] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    members: tuple[str, ...] = ()

    def as_json(self, language="vi"):
        """Return what `manage.py import_minutes --json` prints; the same for a text and a .docx of one table."""
        return {
            "held_on": self.held_on.isoformat(),
            "agenda": [asdict(item) for item in self.items],
            "actions": [self._action(action, language) for action in self.actions],
            "proposals": [self._action(action, language) for action in self.proposals],
            "next_meeting": self.next_meeting,
            "not_understood": [asdict(doubt) for doubt in self.doubts],
        }

    def _action(self, action, language):
        codes = [part.code for part in action.parts if part.code != "*"]
        every = action.is_for_every_member
        return {
            "text": action.text,
            "organisations": list(dict.fromkeys([*codes, *(self.members if every else ())])),
            "every_member": every,
            "mentioned": action.mentioned,
            "unknown_organisations": action.unknown,
            "person": action.person,
            "due": action.due.as_json(language),
            "parts": [
                {"organisation": part.code, "person": part.person, "due": part.due.as_json(language)}
                for part in action.parts
            ],
            "pillar": action.pillar,
            "row": action.row,
            "line": action.line,
        }


def held_on_in(table, today):
    """Return the day of the meeting that the lines above the table name, or None."""
    for line in table.before:
        found = parse_deadline(line, today) if _HELD.search(line) else None
        if found and found.relation == "on" and re.search(r"(?:19|20)\d\d", line):
            return found.start
    return None


def understand(table, *, held_on, directory, pillars=(), overrides=None):
    """Return the Minutes that a Table holds.

    `directory` is a Directory of organisations, `pillars` are pairs (code, names), `overrides` corrects the
    working days. Dates without a year are read as seen from `held_on`.
    """
    reader = _Reader(held_on, directory, pillars, overrides)
    minutes = Minutes(held_on, before=list(table.before), members=directory.members)
    lines = [line for row in table.rows for cell in row for line in cell] + list(table.before)
    reader.people = sentences.people(lines, directory)
    for number, row in enumerate(table.rows, 1):
        cells = {}
        for use, cell in zip(table.uses, row, strict=False):
            cells[use] = [*cells.get(use, ()), *cell]
        left = reader.take_next_meeting(cells.get(CONTENT, []), number, minutes)
        if left:
            minutes.items.append(reader.item(number, left))
            minutes.proposals += reader.proposals(number, left) if ACTION in table.uses else []
        reader.actions(number, table.uses, cells, minutes)
    return minutes


class _Reader:
    """Reads cells, knowing the names, the calendar and the people of these minutes."""

    def __init__(self, held_on, directory, pillars, overrides):
        self.held_on, self.directory, self.overrides = held_on, directory, overrides
        self.pillars = {text.fold(name): code for code, names in pillars for name in names}
        self.people = {}

    def when(self, words):
        return parse_deadline(words, self.held_on, self.overrides)

    def pillar(self, title):
        return self.pillars.get(text.fold(title).strip(" .:"))

    def take_next_meeting(self, lines, row, minutes):
        """Keep the line that announces the next meeting out of the agenda."""
        kept = []
        for number, line in enumerate(lines, 1):
            match = _NEXT.match(BULLET.sub("", line))
            if match and minutes.next_meeting is None:
                minutes.next_meeting = self._next_meeting(
                    BULLET.sub("", line)[match.end() :], row, number, line, minutes
                )
                continue
            kept.append(line)
        return kept

    def _next_meeting(self, said, row, number, line, minutes):
        found, place = self.when(said), _PLACE.search(said)
        if not found or found.relation not in ("on", "by"):
            minutes.doubts.append(Doubt(row, 1, number, line, "date_of_meeting"))
            return None
        return {
            "date": found.start.isoformat(),
            "start_time": found.start_time and found.start_time.strftime("%H:%M"),
            "end_time": found.end_time and found.end_time.strftime("%H:%M"),
            "place": place["place"].strip(" .)") if place else "",
            "rule": found.rule(),
            "words": line,
        }

    def item(self, row, lines):
        """Read a left cell: a title, then numbered points or plain lines."""
        numbered = [NUMBERED.match(line) for line in lines]
        item = Item(row)
        if not any(numbered):
            item.title, item.content = _title_and_rest(lines)
            return item
        for line, found in zip(lines, numbered, strict=True):
            if found and not (item.points and len(found[1]) == 1 and found[1].isalpha()):
                item.points.append(self._point(found[1], line[found.end() :]))
            elif item.points:
                item.points[-1].content.append(BULLET.sub("", line))
            elif not item.title:
                item.title = line
            else:
                item.content.append(BULLET.sub("", line))
        return item

    def proposals(self, row, lines):
        """Return sentences of the left column that set a deadline, or put a day on an organisation."""
        found = []
        for number, line in enumerate(lines, 1):
            for sentence in sentences.split(line):
                action = self._action(row, number, sentence)
                if action.due.relation == "by" or (action.due and action.parts):
                    found.append(action)
        return found

    def _point(self, number, words):
        titled = _TITLED.match(words)
        if titled and (not titled["rest"] or self.pillar(titled["title"]) or len(titled["title"]) <= 30):
            title, rest = titled["title"].strip(), titled["rest"].strip()
            return Point(number, title, self.pillar(title), [rest] if rest else [])
        if self.pillar(words):
            return Point(number, words, self.pillar(words), [])
        return Point(number, "", None, [words])

    def actions(self, row, uses, cells, minutes):
        """Read the action cell; columns for who and when, if there are any, come first."""
        lines, owners, dates = cells.get(ACTION, []), cells.get(OWNER, []), cells.get(DUE, [])
        if ACTION not in uses and (owners or dates):
            lines = cells.get(CONTENT, [])
        whole = OWNER in uses or DUE in uses
        paired = whole and len(lines) == max(len(owners), len(dates)) > 1
        for number, line in enumerate(lines, 1):
            pieces = (
                [sentence for sentence in [BULLET.sub("", line)] if sentence]
                if whole
                else sentences.split(line)
            )
            for piece in pieces:
                action = self._action(row, number, piece)
                if whole:
                    self._columns(action, _cell(owners, number, paired), _cell(dates, number, paired))
                self._keep(action, minutes, list(uses).index(ACTION) + 1 if ACTION in uses else 1)

    def _action(self, row, number, sentence):
        reading = sentences.read(sentence, self.directory, self.people)
        action = Action(
            row,
            number,
            sentence,
            reading.person,
            self.when(sentence),
            mentioned=reading.mentioned,
            unknown=reading.unknown,
        )
        for owner in reading.owners:
            due = self.when(owner.words) if owner.words else action.due
            action.parts.append(Part(owner.code, owner.person, due))
        return action

    def _columns(self, action, owner, due):
        """Let the columns for who and when decide over the sentence."""
        if owner:
            mentions = self.directory.find(owner)
            action.parts = [Part(mention.code, "", action.due) for mention in mentions]
            words = re.sub(r"[\s,;/&()–-]+", " ", _without(owner, mentions)).strip()
            known = [] if mentions else [code for name, code in self.people.items() if name in owner.split()]
            action.parts += [Part(code, owner, action.due) for code in known]
            action.unknown += [name for name in sentences.acronyms(words) if name not in action.unknown]
            action.person = re.sub(r"^(?:và|and) | (?:và|and)$", "", words) or action.person
        said = self.when(due or owner)
        if due or said:  # "Plan – 15 March" may say both in one column
            action.due = said
            if not due:
                action.person = action.person.replace(said.words, "").strip(" –-,;:()")
            action.parts = [Part(part.code, part.person, action.due) for part in action.parts]

    def _keep(self, action, minutes, column):
        """An action names somebody or a day; a sentence that names neither is listed with its line."""
        if not (action.parts or action.person or action.due):
            minutes.doubts.append(Doubt(action.row, column, action.line, action.text, "nothing"))
            return
        minutes.actions.append(action)
        if not action.parts:
            minutes.doubts.append(Doubt(action.row, column, action.line, action.text, "who"))


def _cell(lines, number, paired):
    return lines[number - 1] if paired and number <= len(lines) else " ".join(lines)


def _without(words, mentions):
    for mention in reversed(mentions):
        words = words[: mention.start] + words[mention.end :]
    return words


def _title_and_rest(lines):
    """Return a short first line as the title, "Title: rest" split, anything longer as content."""
    first = BULLET.sub("", lines[0])
    titled = _TITLED.match(first)
    if titled:
        return titled["title"].strip(), [line for line in (titled["rest"].strip(), *lines[1:]) if line]
    if len(first) <= 150:
        return first, [BULLET.sub("", line) for line in lines[1:]]
    return "", [BULLET.sub("", line) for line in lines]

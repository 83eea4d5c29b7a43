"""Sentences of the action column: who is to do it, as the words say.

An organisation owes what the sentence makes its subject: "Plan sẽ làm việc với Cục trẻ em" puts it on Plan
alone. A person stands for the organisation named beside them, here or elsewhere in the same minutes.
"""

import re
from dataclasses import dataclass, field

from meetings.minutes.table import BULLET, NUMBERED

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_END = re.compile(rf"(?<=[.!?;])\s+(?=[\"“(]?[{_UPPER}0-9])")
_SHORT = re.compile(r"(?:\b(?:TP|Th|Ths|ThS|TS|Mr|Mrs|Ms|Dr|vs|etc|v\.v|No|St)|^\(?\w{1,2})\.$")
_TITLE = r"(?:anh|chị|ông|bà|cô|chú|em|bạn|mr|mrs|ms|miss|dr|ts|ths|a|c)\.? "
_NAME = rf"[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*){{0,3}}"
_PERSON = re.compile(rf"(?P<title>(?i:{_TITLE}))?(?P<name>{_NAME})(?: ?\((?P<organisation>[^()]{{2,60}})\))?")
_STANDS_FOR = re.compile(
    rf"(?P<title>(?i:{_TITLE}))?(?P<name>{_NAME}) ?(?:\((?P<in>[^()]{{2,60}})\)|[-–—] ?(?P<after>[^,.;:()]{{2,80}}))"
)
_LEAD = re.compile(
    r"(?:hiện tại|hiện nay|hiện|ngoài ra|đồng thời|sau đó|riêng|về phía|tiếp theo|trước mắt|currently|in addition|also|then)[,:]? ",
    re.IGNORECASE,
)
_JOIN = re.compile(r"(?:, | và | cùng | cùng với | & | and | / ?|/|, and |;)(?=\S)")
_VERB = re.compile(
    r"(?:sẽ|thiết kế|soạn|gửi|chuẩn bị|liên hệ|xác nhận|hỏi|tổng hợp|chia sẻ|làm|cập nhật|viết|rà soát|kiểm tra|phụ trách|hỗ trợ|"
    r"tìm|mời|báo|theo dõi|hoàn thiện|đăng ký|cung cấp|phối hợp|cần|phải|đề xuất|tổ chức|điều phối|dịch|in|đặt|họp|nộp|trao đổi|"
    r"tham gia|xây dựng|thực hiện|chịu|nhận|lập|lên|đưa|ghi|khi|tiếp tục|cùng|nên|xin|will|to|shall|should|must|is|are|sends?|"
    r"prepares?|shares?|contacts?|confirms?|drafts?|collects?|invites?|checks?|follows?|updates?|writes?|organi[sz]es?|thông báo|trình bày|giới thiệu|tìm hiểu|khảo sát|đề nghị|gọi|đọc|góp ý|phổ biến|triển khai)(?!\w)"
)
_NO_NAMES = {
    "chờ",
    "thời",
    "form",
    "hiện",
    "các",
    "mỗi",
    "cần",
    "dự",
    "tiếp",
    "đề",
    "nhóm",
    "mọi",
    "tất",
    "ban",
    "sẽ",
    "xin",
    "thư",
    "kế",
    "bộ",
    "nội",
    "việc",
    "đồng",
    "trước",
    "sau",
    "khi",
    "nếu",
    "the",
    "to",
    "all",
    "each",
    "every",
    "please",
    "this",
    "that",
    "we",
    "it",
    "they",
    "hội",
    "cục",
    "vụ",
    "sở",
    "ủy",
    "uỷ",
    "văn",
    "tổ",
    "đại",
    "họp",
    "báo",
    "danh",
    "logo",
    "tháng",
    "ngày",
    "quý",
    "tuần",
    "trong",
}
_PREPOSED = re.compile(
    r"(?:gửi|gửi tới|cho|với|của|tới|đến|từ|để|xin|hỏi|hỏi thêm|mời|giữa|về|cùng|trong|ở|tại|liên hệ|thông qua|phối hợp|qua|bởi|theo|"
    r"văn phòng|trụ sở|gồm|như|to|with|from|of|for|by|at|in|the|via|invite|ask|contact) $",
    re.IGNORECASE,
)
_SECOND = re.compile(
    rf"(?:,? (?:để|rồi|sau đó|đồng thời|và|and|so that|then) )(?={_TITLE}|[{_UPPER}])", re.IGNORECASE
)


@dataclass(frozen=True)
class Owner:
    """Who is to do it: an organisation's code ("*" every member, "" not known), the person as written."""

    code: str
    person: str = ""
    words: str = ""  # the part of the sentence that is theirs, if not all of it


@dataclass
class Reading:
    """What a sentence says about who does it."""

    owners: list[Owner] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    person: str = ""
    unknown: list[str] = field(
        default_factory=list
    )  # names that stand where an organisation would, known to nobody


def split(line):
    """Return the sentences of a line, without its bullet; numbers and short forms end none."""
    line = BULLET.sub("", line).strip()
    numbered = NUMBERED.match(line)
    line = line[numbered.end() :] if numbered else line
    sentences = []
    for piece in _END.split(line):
        if sentences and _SHORT.search(sentences[-1]):
            sentences[-1] += f" {piece}"
        elif piece.strip():
            sentences.append(piece.strip())
    return sentences


def people(lines, directory):
    """Return {given name: code} of the persons whom the minutes show with their organisation."""
    found = {}
    for line in lines:
        for match in _STANDS_FOR.finditer(BULLET.sub("", line)):
            said = match["in"] or match["after"]
            code = directory.code_of(said.strip())
            if code is None and match["after"] and match.start() == 0:
                mentions = directory.find(said)
                code = (
                    mentions[0].code
                    if mentions and mentions[0].start == 0 and mentions[0].code != "*"
                    else None
                )
            if code and directory.code_of(match["name"]) is None:
                found.setdefault(match["name"].split()[-1], code)
    return found


def read(sentence, directory, known_people):
    """Return the Reading of one sentence."""
    mentions = directory.find(sentence)
    reading = Reading()
    begin = _LEAD.match(sentence)
    place = _subjects(sentence, begin.end() if begin else 0, mentions, directory, known_people, reading)
    _later_subjects(sentence, place, mentions, directory, known_people, reading)
    if not reading.owners and not reading.person:
        reading.owners += [Owner(one.code) for one in mentions if _is_subject(sentence, one)][:1]
    reading.unknown = unknown_names(sentence, directory)
    owned = {owner.code for owner in reading.owners}
    reading.mentioned = list(
        dict.fromkeys(one.code for one in mentions if one.code not in owned and one.code != "*")
    )
    return reading


_ACRONYM = rf"[{_UPPER}][{_UPPER}0-9&]+(?:-[{_UPPER}0-9]+)*"
_ACRONYMS_FIRST = re.compile(rf"(?P<names>{_ACRONYM}(?:(?:, ?| và | and | ?& ?|/){_ACRONYM})*) (?=\S)")


def acronyms(words):
    """Return the words written in capitals: in a column for who is responsible they are organisations."""
    return re.findall(rf"(?<!\w){_ACRONYM}(?!\w)", words)


def unknown_names(sentence, directory):
    """Return names that stand where an organisation would and that nobody knows: "chị Hà (ABC)", "ABC sẽ gửi …"."""
    found = [
        match["organisation"].strip()
        for match in _PERSON.finditer(sentence)
        if match["organisation"] and match["organisation"].strip()[:1].isupper()
    ]
    first = _ACRONYMS_FIRST.match(sentence)
    if first and _VERB.match(sentence, first.end()):
        found += re.findall(_ACRONYM, first["names"])
    return [name for name in dict.fromkeys(found) if not directory.find(name)]


def _subjects(sentence, place, mentions, directory, known_people, reading):
    """Read "VACR và CRS …", "Chị Hà (NGORC) …" from `place` on; return where the subjects end."""
    owners, person, end = [], "", place
    while True:
        owner, after = _subject_at(sentence, end, mentions, directory, known_people)
        if owner is None:
            break
        owners.append(owner)
        if owner.person and (not person or not owner.code):
            person = f"{person}, {owner.person}" if person else owner.person
        place = after
        joined = _JOIN.match(sentence, after)
        if not joined:
            break
        end = joined.end()
    if not owners or not _goes_on(sentence, place, owners):
        return 0
    reading.owners += [owner for owner in owners if owner.code]
    reading.person = person
    return place


def _goes_on(sentence, place, owners):
    """Say whether a verb may follow: a name that ends the sentence, or stands before a noun, is no subject."""
    rest = sentence[place:].lstrip(" :–-")
    if _VERB.match(rest):
        return True
    return bool(rest) and any(owner.code for owner in owners) and rest[:1].islower()


def _subject_at(sentence, place, mentions, directory, known_people):
    """Return (Owner, end) of the subject that begins at `place`, or (None, place)."""
    for mention in mentions:
        if mention.start == place:
            return Owner(mention.code), mention.end
    match = _PERSON.match(sentence, place)
    if not match or (not match["title"] and match["name"].split()[0].lower() in _NO_NAMES):
        return None, place
    name = f"{match['title'] or ''}{match['name']}"
    code = directory.code_of(match["organisation"]) if match["organisation"] else None
    if match["organisation"] and code is None:
        return Owner("", name), match.end()
    code = code or known_people.get(match["name"].split()[-1], "")
    rest = sentence[match.end() :]
    if not code and not match["title"] and not (_VERB.match(rest.lstrip(" :")) or _JOIN.match(rest)):
        return None, place
    return Owner(code, name), match.end()


def _later_subjects(sentence, place, mentions, directory, known_people, reading):
    """Read "… để chị Hà (NGORC) chia sẻ sau Tết": somebody else's part, if it has a person or a subject."""
    for match in _SECOND.finditer(sentence, place):
        owner, after = _subject_at(sentence, match.end(), mentions, directory, known_people)
        rest = sentence[after:].lstrip()
        if owner and owner.code and owner.person and (_VERB.match(rest) or rest[:1].islower()):
            reading.owners.append(Owner(owner.code, owner.person, sentence[match.end() :]))


def _is_subject(sentence, mention):
    """Say whether a name within the sentence is followed by a verb and hangs on no preposition."""
    before, after = sentence[: mention.start], sentence[mention.end :].lstrip()
    return not _PREPOSED.search(before) and bool(_VERB.match(after))

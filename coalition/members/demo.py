"""Demonstration data: organisations as seen in public pages, invented memberships, roles to log in with.

Nobody's name is in it: people are called by what they do. No public list of the coalition's members
was found, so the periods of membership are made up.
"""

import csv
from datetime import date
from pathlib import Path

from coalition import text
from coalition.members import actions, roles
from coalition.members.models import CoalitionPeriod, Organisation, User

DATA = Path(__file__).resolve().parent / "data"
PASSWORD = "tam-tay-noi-vong-tay-lon-2026"  # noqa: S105  (of the demonstration alone, printed by `make run`)
SINCE = date(2010, 1, 1)
KINDS = {
    "VNGO": "VNGO",
    "INGO": "INGO",
    "UN": "UN",
    "network": "NETWORK",
    "government": "STATE",
    "donor": "DONOR",
    "mass organisation": "MASS",
    "mass/umbrella": "MASS",
}
FOCAL_POINTS = (
    "VACR",
    "WVIV",
    "PLAN",
    "SCI",
    "CHILDFUND",
    "CRS",
    "NGORC",
    "CRD",
    "SUDECOM",
    "CDSH",
    "TFCF",
    "CSAGA",
    "BDCF",
)
PEOPLE = [  # e-mail, name, role, organisation
    ("coordinator@example.org", "Điều phối viên MSD", roles.COORDINATOR, "MSD"),
    ("staff@example.org", "Cán bộ chương trình MSD", roles.STAFF, "MSD"),
    ("focal.msd@example.org", "Đầu mối MSD", roles.FOCAL, "MSD"),
    *((f"focal.{code.lower()}@example.org", f"Đầu mối {code}", roles.FOCAL, code) for code in FOCAL_POINTS),
    ("colleague@example.org", "Cán bộ dự án VACR", roles.CONTRIBUTOR, "VACR"),
    ("viewer@example.org", "Tình nguyện viên VACR", roles.VIEWER, "VACR"),
    ("donor@example.org", "Cán bộ tài trợ Save the Children", roles.DONOR, "SCI"),
]
SHOWN = (
    "coordinator@example.org",
    "staff@example.org",
    "focal.vacr@example.org",
    "colleague@example.org",
    "focal.plan@example.org",
    "viewer@example.org",
    "donor@example.org",
)


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    organisations = _organisations()
    for code, starts_on, ends_on in _rows("coalition_periods.csv"):
        CoalitionPeriod.objects.get_or_create(
            organisation=organisations[code],
            starts_on=date.fromisoformat(starts_on),
            defaults={"ends_on": date.fromisoformat(ends_on) if ends_on else None},
        )
    for email, name, role, code in PEOPLE:
        user = User.objects.filter(email=email).first() or actions.open_account(
            email=email, password=PASSWORD, full_name=name
        )
        actions.give_role(user=user, organisation=organisations[code], role=role, starts_on=SINCE)


def logins():
    """Yield (e-mail, role, organisation) of the log-ins worth trying first."""
    for email, _name, role, code in PEOPLE:
        if email in SHOWN:
            yield email, role, code


def _organisations():
    known = {organisation.code: organisation for organisation in Organisation.everything.all()}
    names = {code: (short, aliases) for code, short, aliases in _rows("names.csv")}
    for code, name_en, name_vi, kind, _iati, note, *_sources in _rows("organisations.csv"):
        if code in known:
            continue
        short_name, aliases = names.get(code, (code, ""))
        known[code] = Organisation.objects.create(
            code=code,
            name_vi=name_vi,
            name_en=name_en,
            short_name=short_name,
            kind=KINDS[kind],
            note=note,
            is_secretariat=code == "MSD",
        )
        actions.set_aliases(organisation=known[code], names=aliases.split(";"))
    return known


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield [text.clean(value) for value in row]

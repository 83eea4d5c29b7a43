"""Where and when: the activities of a filter by province, region and year, as a map and as tables."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.http import allow, page
from coalition.reference import map as province_map
from projects import counting
from projects.lists import activities_asked_for

MEASURES = ("activities", "people", "organisations")


@allow("activity.see", methods=("GET",))
def activity_places(request):
    """Show the places of the activities a filter names; `?units=63` in the provinces of before July 2025."""
    reading, activities = activities_asked_for(request)
    generation = 63 if request.GET.get("units") == "63" else 34
    measure = request.GET.get("show") if request.GET.get("show") in MEASURES else "activities"
    rows = _rows(counting.by_province(activities, generation), reading)
    words = {"activities": _("activities"), "people": _("people"), "organisations": _("organisations")}
    drawn = province_map.build(
        {row["place"].uid: row[measure] for row in rows if row["place"]},
        generation=generation,
        language=get_language(),
        title=_("Held activities by province"),
        unit=words[measure],
        urls={row["place"].uid: row["url"] for row in rows if row["place"]},
    )
    context = {
        "reading": reading,
        "generation": generation,
        "measure": measure,
        "measures": [(name, words[name], _address(reading, generation, name)) for name in MEASURES],
        "other": _address(reading, 63 if generation == 34 else 34, measure),
        "map": drawn,
        "regions": _by_region(rows),
        "unplaced": next((row for row in rows if row["place"] is None), None),
        "years": _years(activities, reading),
        "back": reading.url().replace(reading.path, counting.rows_path()),
        "rule": counting.organisations_rule(),
    }
    return page(request, "projects/activity_places.html", context)


def _address(reading, generation, measure):
    return reading.url(units=generation if generation == 63 else None, show=measure)


def _list_address(reading, **changes):
    return reading.url(**changes).replace(reading.path, counting.rows_path(), 1)


def _rows(counted, reading):
    rows = [
        {
            "place": place,
            "url": _list_address(reading, province=place.uid, state="held") if place else "",
            **numbers,
        }
        for place, numbers in counted.items()
    ]
    return sorted(rows, key=lambda row: row["place"].sort_key if row["place"] else "~")


def _by_region(rows):
    """Return [(region, rows, sums)]; organisations are not summed, one may have come to several provinces."""
    regions = {}
    for row in rows:
        if row["place"]:
            regions.setdefault(row["place"].region, []).append(row)
    return [
        (region, found, {name: sum(row[name] for row in found) for name in ("activities", "people")})
        for region, found in sorted(regions.items(), key=lambda pair: pair[0].pk)
    ]


def _years(activities, reading):
    return [
        {"year": year, "url": _list_address(reading, year=year, state="held"), **numbers}
        for year, numbers in counting.by_year(activities).items()
    ]

"""Where and when: the activities of a filter by province, region and year, as a map and as tables."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.http import allow, page
from coalition.reference import map as province_map
from projects import counting, places
from projects.lists import activities_asked_for

MEASURES = ("activities", "people", "organisations")


@allow("activity.see", methods=("GET",))
def activity_places(request):
    """Show the places of the activities a filter names; `?units=63` in the provinces of before July 2025."""
    reading, activities = activities_asked_for(request)
    generation = 63 if request.GET.get("units") == "63" else 34
    measure = request.GET.get("show") if request.GET.get("show") in MEASURES else "activities"
    rows = _rows(counting.by_province(activities, generation), generation, reading)
    words = {"activities": _("activities"), "people": _("people"), "organisations": _("organisations")}
    titles = {
        "activities": _("Held activities by province"),
        "people": _("People by province"),
        "organisations": _("Organisations supported by province"),
    }
    drawn = province_map.build(
        {row["place"].uid: row[measure] for row in rows if row["place"]},
        generation=generation,
        language=get_language(),
        title=titles[measure],
        unit=words[measure],
        urls={
            row["place"].uid: row["organisations_url" if measure == "organisations" else "url"]
            for row in rows
            if row["place"]
        },
    )
    context = {
        "reading": reading,
        "generation": generation,
        "measure": measure,
        "measures": [(name, words[name], _address(reading, generation, name)) for name in MEASURES],
        "other": _address(reading, 63 if generation == 34 else 34, measure),
        "map": drawn,
        "regions": _by_region(rows, generation, reading),
        "unplaced": next((row for row in rows if row["place"] is None), None),
        "years": _years(activities, reading),
        "back": _addresses(reading)["url"],
        "rule": counting.organisations_rule(),
    }
    return page(request, "projects/activity_places.html", context)


def _address(reading, generation, measure):
    return reading.url(units=generation if generation == 63 else None, show=measure)


def _addresses(reading, **wanted):
    """Return where the rows behind the numbers of one line are: held activities, and organisations supported."""
    here = reading.url(units=None, show=None, **wanted)
    return {
        "url": here.replace(reading.path, counting.rows_path(), 1),
        "organisations_url": here.replace(reading.path, counting.supported_path(), 1),
    }


def _rows(counted, generation, reading):
    rows = [
        {"place": place, "name": _called(place, generation), **numbers}
        | _addresses(reading, **_where(place, generation, reading), state="held")
        for place, numbers in counted.items()
    ]
    return sorted(rows, key=lambda row: row["place"].sort_key if row["place"] else "~")


def _is_larger(place, generation):
    """Return whether a unit of today stands among the former 63, because nobody knows in which of them it was."""
    return place is not None and place.generation == 34 and generation == 63


def _called(place, generation):
    if place is None:
        return _("Online, or not known")
    return _("%(name)s (since 2025)") % {"name": place.name} if _is_larger(place, generation) else place.name


def _where(place, generation, reading):
    """Return the filters of the list that hold exactly what was counted in a place."""
    if place is None:
        return {"placed": "no"}
    if not _is_larger(place, generation):
        return {"province": place.uid}
    days = [day for day in (places.day_of(reading.params.get("from"), None), place.valid_from) if day]
    return {"province": place.uid, "from": max(days).isoformat() if days else None}


def _by_region(rows, generation, reading):
    """Return the regions with their rows and sums; organisations are not summed, one may come to several provinces."""
    found = {}
    for row in rows:
        if row["place"]:
            found.setdefault(row["place"].region, []).append(row)
    return [
        {
            "region": region,
            "rows": of_region,
            "activities": sum(row["activities"] for row in of_region),
            "people": _sum(row["people"] for row in of_region),
        }
        | _of_region(region, of_region, generation, reading)
        for region, of_region in sorted(found.items(), key=lambda pair: pair[0].pk)
    ]


def _sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _of_region(region, rows, generation, reading):
    """Return where the rows of a region are; nowhere where one of the former units only goes by today's name."""
    if generation == 34:
        return _addresses(reading, region=region.code, state="held")
    if len(rows) == 1:
        return {"url": rows[0]["url"]}
    if any(_is_larger(row["place"], generation) for row in rows):
        return {}
    return _addresses(reading, province=[row["place"].uid for row in rows], state="held")


def _years(activities, reading):
    return [
        {"year": year, **numbers} | _addresses(reading, year=year, state="held")
        for year, numbers in counting.by_year(activities).items()
    ]

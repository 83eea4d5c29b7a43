"""Taking in an existing spreadsheet of activities, with a look at everything before anything is written."""

from django.http import HttpResponse

from coalition.http import allow


@allow("activity.import")
def activity_import(request):
    return HttpResponse("")


@allow("activity.import", methods=("GET",))
def import_template(request):
    return HttpResponse("")

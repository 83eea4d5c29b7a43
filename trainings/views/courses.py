"""The catalogue of courses."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coalition import history
from coalition.http import allow, page
from coalition.lists.pages import answer
from trainings import reading
from trainings.forms import CourseForm
from trainings.lists import COURSES
from trainings.models import Course


@allow("training.see", methods=("GET",))
def course_list(request):
    """List what the coalition can teach."""
    return answer(request, COURSES, template="trainings/course_list.html")


@allow("training.see", methods=("GET",))
def course_page(request, public_id):
    """Show a course and the trainings that gave it."""
    course = get_object_or_404(Course.objects.visible_to(request.user), public_id=public_id)
    given = reading.trainings(request.user).filter(training__course=course)
    return page(request, "trainings/course_page.html", {
        "course": course, "given": given.order_by("-starts_on", "-pk")[:50],
        "history": history.rows(course, request.user),
    })  # fmt: skip


@allow("course.edit")
def course_new(request):
    """Add a course to the catalogue."""
    return _edit(request, None)


@allow("course.edit")
def course_edit(request, public_id):
    """Change a course."""
    return _edit(request, get_object_or_404(Course.objects.editable_by(request.user), public_id=public_id))


def _edit(request, course):
    form = CourseForm(request.POST or None, instance=course)
    if request.method == "POST" and form.is_valid():
        saved = form.save(by=request.user)
        messages.success(request, _("Saved: %(title)s") % {"title": saved})
        return redirect(saved)
    context = {"form": form, "course": course}
    return page(request, "trainings/course_edit.html", context, status=422 if form.errors else None)

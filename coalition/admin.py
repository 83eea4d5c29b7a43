"""The back office: Django's admin behind the portal's own log-in and rights."""

from functools import wraps

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

RIGHT = "reference.edit"


class BackOffice(admin.AdminSite):
    """Tables that coordinators look after; everybody else is told it is not for them."""

    site_header = _("Back office")
    site_title = _("Back office")
    index_title = _("Tables that the coalition looks after")
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take in only tables declared with `BackOfficeAdmin`: those of installed packages stay out."""
        if admin_class and issubclass(admin_class, BackOfficeAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.has_right(RIGHT)

    def admin_view(self, view, cacheable=False):
        """Answer 403 to people without the right, instead of a second log-in page."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return checked

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Lead to the portal's log-in, with its second step and its limits."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return HttpResponseRedirect(resolve_url("admin:index"))
        return redirect_to_login(resolve_url("admin:index"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_change_password"))


class BackOfficeAdmin(admin.ModelAdmin):
    """A table of the back office: read and changed under one right, deleted from only where it says so."""

    list_per_page = 50
    is_read_only = False
    may_delete = False

    def has_module_permission(self, request):
        return request.user.has_right(RIGHT)

    def has_view_permission(self, request, obj=None):
        return request.user.has_right(RIGHT)

    def has_add_permission(self, request):
        return request.user.has_right(RIGHT) and not self.is_read_only

    def has_change_permission(self, request, obj=None):
        return request.user.has_right(RIGHT) and not self.is_read_only

    def has_delete_permission(self, request, obj=None):
        return request.user.has_right(RIGHT) and self.may_delete

    def has_import_permission(self, request):
        return self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)


class BackOfficeInline(admin.TabularInline):
    """Rows inside a row of the back office, under the same right."""

    extra = 1

    def has_view_permission(self, request, obj=None):
        return request.user.has_right(RIGHT)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

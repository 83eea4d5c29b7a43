"""Whether the portal is well: for the load balancer and for people who run it."""

from django.http import JsonResponse

from coalition.http import public


@public()
def health(request):
    """Say that the web process answers."""
    return JsonResponse({"ok": True})

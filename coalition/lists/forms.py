"""What a person may say about a saved view."""

from django import forms

from coalition.forms import CleanForm
from coalition.lists.models import SavedView


class SavedViewForm(CleanForm, forms.ModelForm):
    """A name for a look at a list, and who else sees it."""

    class Meta:
        model = SavedView
        fields = ["name", "sharing", "is_default"]

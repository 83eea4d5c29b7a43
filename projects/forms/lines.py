"""The lines of a project: funding with its budget, partners, results with indicators, values and proof."""

from django import forms
from django.db.models import F
from django.utils.translation import gettext

from coalition.forms import CleanForm
from projects import locks
from projects.models import (
    Activity,
    BudgetLine,
    FundingLine,
    IndicatorValue,
    Project,
    ProjectIndicator,
    ProjectPartner,
    Result,
)


class LineForm(CleanForm, forms.ModelForm):
    """One line of something a project holds."""


class Lines(forms.BaseInlineFormSet):
    """Lines of one kind. Those that reported numbers hang on, and reported money, are a coordinator's to change."""

    # Money has no dates of its own: it is locked once the project is locked up to its end.
    MONEY = (FundingLine, BudgetLine)
    VALUES = {IndicatorValue: "pk", ProjectIndicator: "indicator", Result: "indicator__result"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        super().clean()
        project = self._touches_reported()
        if project and not self.user.has_right(locks.RIGHT):
            raise forms.ValidationError(locks.words(project))

    def _touches_reported(self):
        """Return the project whose reported money would change, or values go with the lines taken out; else None."""
        if self.model in self.MONEY:
            project = self.instance if self.model is FundingLine else self.instance.project
            is_reported = project.locked_until and project.ends_on and project.ends_on <= project.locked_until
            return project if is_reported and self.has_changed() else None
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        if not gone or self.model not in self.VALUES:
            return None
        values = IndicatorValue.objects.filter(**{f"{self.VALUES[self.model]}__in": gone})
        reported = values.filter(starts_on__lte=F("indicator__result__project__locked_until"))
        value = reported.select_related("indicator__result__project").first()
        return value.indicator.result.project if value else None


class ValueForm(LineForm):
    """A value of one period; a period whose numbers are locked is a coordinator's to change."""

    def __init__(self, *args, user, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.locked_until = user, indicator.result.project.locked_until
        self.fields["part"].help_text = indicator.disaggregation or gettext("Blank: all of it.")

    def clean(self):
        data = super().clean()
        locked = self.locked_until
        days = [each for each in (data.get("starts_on"), self.initial.get("starts_on")) if each]
        is_locked = locked and self.has_changed() and any(day <= locked for day in days)
        if is_locked and not self.user.has_right(locks.RIGHT):
            words = gettext("The numbers are locked up to %(day)s; ask a coordinator.")
            self.add_error("starts_on", words % {"day": f"{locked:%d/%m/%Y}"})
        return data


class ResultForm(LineForm):
    """A line of the results framework; what it serves stands on a level above its own, so that no ring can close."""

    def clean(self):
        data = super().clean()
        parent, levels = data.get("parent"), Result.Level.values
        if parent and data.get("level") and levels.index(parent.level) >= levels.index(data["level"]):
            self.add_error(
                "parent",
                gettext("A result serves one of a level above: an output an outcome, both an objective."),
            )
        return data


class ResultLines(Lines):
    """The results of one project; each may serve another of the same project that is already written down."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        above = Result.objects.filter(project=self.instance.pk).exclude(level=Result.Level.OUTPUT)
        form.fields["parent"].queryset = above.order_by("level", "order", "pk")
        form.fields["parent"].label_from_instance = lambda result: (
            f"{result.get_level_display()}: {result.statement}"[:90]
        )


class ProofForm(CleanForm, forms.ModelForm):
    """The activities that show a result, out of those of its project."""

    class Meta:
        model = Result
        fields = ["activities"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["activities"]
        field.queryset = Activity.objects.filter(projects=self.instance.project_id).order_by(
            "-starts_on", "-pk"
        )
        field.label_from_instance = lambda activity: f"{activity.starts_on:%d/%m/%Y} · {activity.title}"


def _lines(parent, model, fields, extra=2, form=LineForm, formset=Lines):
    return forms.inlineformset_factory(parent, model, form=form, formset=formset, fields=fields, extra=extra)


LINES = {
    "funding": _lines(
        Project, FundingLine, ["order", "giver", "receiver", "amount", "currency", "grant_number"]
    ),
    "partners": _lines(Project, ProjectPartner, ["organisation", "role"]),
    "results": _lines(
        Project,
        Result,
        ["level", "order", "parent", "statement_vi", "statement_en", "achieved_vi", "achieved_en"],
        1,
        ResultForm,
        ResultLines,
    ),
}
BUDGET_LINES = _lines(FundingLine, BudgetLine, ["order", "name_vi", "name_en", "planned", "spent"], 3)
INDICATOR_LINES = _lines(
    Result,
    ProjectIndicator,
    [
        "name_vi",
        "name_en",
        "unit_vi",
        "unit_en",
        "baseline",
        "target",
        "is_cumulative",
        "disaggregation",
        "standard",
    ],
    1,
)
VALUE_LINES = _lines(
    ProjectIndicator, IndicatorValue, ["starts_on", "ends_on", "part", "value", "note"], 2, ValueForm
)

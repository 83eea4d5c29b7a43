"""What people type about campaigns and into quarterly forms, and its checks."""

from campaigns.forms.campaigns import CampaignForm, ComponentForm, EditionForm
from campaigns.forms.filling import LONGEST, AnswersForm, LineForm, PhotosForm, UploadForm, check_links
from campaigns.forms.reviewing import CorrectionForm, ReasonForm, ReturnForm
from campaigns.forms.rounds import QuestionFormSet, RoundDatesForm, RoundForm

__all__ = [
    "LONGEST",
    "AnswersForm",
    "CampaignForm",
    "ComponentForm",
    "CorrectionForm",
    "EditionForm",
    "LineForm",
    "PhotosForm",
    "QuestionFormSet",
    "ReasonForm",
    "ReturnForm",
    "RoundDatesForm",
    "RoundForm",
    "UploadForm",
    "check_links",
]

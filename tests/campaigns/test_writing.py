import uuid

import pytest

from campaigns import actions
from campaigns.models import Answer


def texts(form):
    return dict(Answer.objects.filter(form=form).values_list("question__code", "text"))


def test_a_replayed_save_changes_nothing(form, focal):
    typed = {"highlights": "Một", "support": "Hai"}
    saved = actions.save_answers(form, typed=typed, base_version=1, by=focal)

    again = actions.save_answers(form, typed=typed, base_version=1, by=focal)

    assert again.version == saved.version
    assert Answer.objects.count() == 2
    assert Answer.history.count() == 2


def test_two_colleagues_in_different_fields_both_keep_theirs(form, focal, colleague):
    first = actions.save_answers(form, typed={"highlights": "A", "support": "B"}, base_version=1, by=focal)
    actions.save_answers(
        form, typed={"highlights": "A2", "support": "B"}, base_version=first.version, by=colleague
    )

    actions.save_answers(
        form, typed={"highlights": "A", "support": "B2"}, base_version=first.version, by=focal
    )

    assert texts(form) == {"highlights": "A2", "support": "B2"}


def test_two_colleagues_in_one_field_get_a_compare_and_nothing_is_overwritten(form, focal, colleague):
    first = actions.save_answers(form, typed={"highlights": "A"}, base_version=1, by=focal)
    actions.save_answers(
        form, typed={"highlights": "của đồng nghiệp"}, base_version=first.version, by=colleague
    )

    with pytest.raises(actions.FieldConflict) as conflict:
        actions.save_answers(
            form, typed={"highlights": "của tôi", "support": "mới"}, base_version=first.version, by=focal
        )

    assert [(name, theirs, mine) for name, _label, theirs, mine in conflict.value.fields] == [
        ("answer-highlights", "của đồng nghiệp", "của tôi")
    ]
    assert texts(form) == {"highlights": "của đồng nghiệp"}


def test_the_first_word_makes_a_draft(form, focal):
    saved = actions.save_answers(form, typed={"highlights": "A"}, base_version=1, by=focal)

    assert saved.state == "draft"
    assert [step.verb for step in form.steps.order_by("pk")] == ["issued", "started"]


def test_unknown_questions_are_not_saved(form, focal):
    actions.save_answers(form, typed={"nonsense": "A"}, base_version=1, by=focal)

    assert texts(form) == {}


def test_saying_that_there_was_nothing_is_merged_too(form, focal, colleague):
    actions.save_answers(form, typed={}, base_version=1, by=focal, has_nothing=True)

    after = actions.save_answers(
        form, typed={"support": "x"}, base_version=1, by=colleague, has_nothing=False
    )

    assert after.has_nothing is True


def test_a_page_whose_answer_was_lost_does_not_argue_with_itself(form, focal):
    page = uuid.uuid4()
    actions.save_answers(form, typed={"highlights": "A"}, base_version=1, by=focal, client_uuid=page)

    actions.save_answers(form, typed={"highlights": "A, B"}, base_version=1, by=focal, client_uuid=page)

    assert texts(form) == {"highlights": "A, B"}


def test_an_autosave_from_an_old_page_does_not_hide_what_a_colleague_wrote(form, focal, colleague):
    first = actions.save_answers(form, typed={"highlights": "A", "support": "B"}, base_version=1, by=focal)
    actions.save_answers(form, typed={"highlights": "A2"}, base_version=first.version, by=colleague)

    with pytest.raises(actions.FieldConflict):
        actions.save_answers(
            form,
            typed={"highlights": "A", "support": "B2"},
            base_version=first.version,
            by=focal,
            merge=False,
        )

    assert texts(form) == {"highlights": "A2", "support": "B"}

"""What the rooms above hold for an organisation, and who moves it when two become one or a role passes on.

`coalition.obligations` adds itself when it is ready (docs/adr/0043); members know nothing of duties.
"""

_at_merger: list = []
_at_hand_over: list = []


def at_merger(function):
    """Call `function(organisation=, into=, by=)` in the transaction in which one organisation joins another."""
    if function not in _at_merger:
        _at_merger.append(function)


def at_hand_over(function):
    """Call `function(organisation=, leaver=, by=)` in the transaction in which a person gives a role away."""
    if function not in _at_hand_over:
        _at_hand_over.append(function)


def merged(*, organisation, into, by):
    for move in _at_merger:
        move(organisation=organisation, into=into, by=by)


def handed_over(*, organisation, leaver, by):
    for move in _at_hand_over:
        move(organisation=organisation, leaver=leaver, by=by)

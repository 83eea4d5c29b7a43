"""Demonstration data: the coalition's campaigns restated in our own words, and forms in every state.

Names of campaigns, years and places are real; what members answer in their forms is made up.
"""

from campaigns.demo import campaigns, rounds


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    campaigns.load(today)
    rounds.load(today)

"""Certificates as PDF: one page, the name, the course, the hours, the number."""

from django.template.loader import render_to_string
from django.utils import translation

from coalition import pdf as paper

CSS = """
@page { size: A4 landscape; margin: 24mm; background: #fbfaf7 }
html { font-family: "Be Vietnam Pro"; font-size: 13pt; line-height: 1.5; color: #1c2826 }
main { border: 0.6mm solid #0f6b63; padding: 16mm; text-align: center }
.giver { font-weight: 600; color: #0f6b63; margin: 0 }
h1 { font-size: 26pt; font-weight: 600; margin: 6mm 0 }
.name { font-size: 22pt; font-weight: 600; margin: 4mm 0 }
.foot { margin-top: 12mm; font-size: 10pt }
"""


def pdf(certificate, activity):
    """Return the certificate as a tagged PDF in the language in use (bytes)."""
    html = render_to_string("trainings/certificate.html", {
        "certificate": certificate, "person": certificate.participant, "activity": activity,
        "course": certificate.participant.training.course, "language": translation.get_language(),
    })  # fmt: skip
    return paper.render(html, css=CSS, identifier=certificate.number.encode())

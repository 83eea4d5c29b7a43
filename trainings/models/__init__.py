"""What people learn: courses, the trainings that give them, who came, what it changed."""

from trainings.models.course import Course
from trainings.models.people import Attendance, Certificate, Participant, Test
from trainings.models.training import Session, Training

__all__ = ["Attendance", "Certificate", "Course", "Participant", "Session", "Test", "Training"]

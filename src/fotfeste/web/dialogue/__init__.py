"""The dialogue with the municipalities: replies, questions, meetings, needs heard, and what partners add."""

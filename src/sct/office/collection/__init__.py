"""Collection (thu thập): submissions of units with versions and states, reminders, who sent what."""

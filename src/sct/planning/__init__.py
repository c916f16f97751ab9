"""Plans: what a target asks, how progress is told, what is still needed, what is likely, and the status with why."""

from sct.planning.accounting import Part, Told, accounts
from sct.planning.aims import Aim, Nature, Verdict
from sct.planning.forecasts import METHODS, Forecast, forecast
from sct.planning.rest import needed_by_weight, needed_growth
from sct.planning.season import path, usual_shares
from sct.planning.standing import Outlook, Status, judge

__all__ = [
    "METHODS",
    "Aim",
    "Forecast",
    "Nature",
    "Outlook",
    "Part",
    "Status",
    "Told",
    "Verdict",
    "accounts",
    "forecast",
    "judge",
    "needed_by_weight",
    "needed_growth",
    "path",
    "usual_shares",
]

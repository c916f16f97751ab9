"""The declarations as typed values: indicators, areas, units, regimes, laws, parameters."""

from sct.catalogue.check import check
from sct.catalogue.load import Catalogue, load
from sct.catalogue.reference import reference

__all__ = ["Catalogue", "check", "load", "reference"]

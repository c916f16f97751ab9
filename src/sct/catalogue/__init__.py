"""The declarations as typed values: indicators, areas, units, regimes, laws, parameters."""

from sct.catalogue.load import Catalogue, load

__all__ = ["Catalogue", "load"]

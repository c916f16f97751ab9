"""The declarations as typed values: indicators, areas, units, regimes, laws, parameters."""

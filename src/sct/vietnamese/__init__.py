"""The Vietnamese language of figures: numbers, quantities, units, periods, phrases; reading and writing."""

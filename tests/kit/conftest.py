"""Settings of the kit's tests: an example may take its time on a busy machine; speed is measured in bench/ only."""

from hypothesis import HealthCheck, settings

settings.register_profile("kit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kit")

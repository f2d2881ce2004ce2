"""AppConfig of django-axes: UUID keys, what the control role may do with its tables, and what their columns hold."""

from datetime import timedelta

from axes.apps import AppConfig

from workix.core.apps import FoundationAppConfig
from workix.core.classification import ordinary, personal
from workix.core.privileges import DELETE, EVERY_ROW, SELECT

#: How long a failure is kept for operators.
KEPT = timedelta(days=30)

_SAYS_NOTHING_OF_A_PERSON = {"id", "access_attempt", "attempt_time", "failures_since_start", "locked_out", "expires_at"}


class AxesConfig(FoundationAppConfig, AppConfig):
    """The library's app. Its tables are in `public`, and no organization's own role may look at them."""

    name = "axes"
    verbose_name = "Failed log-ins"
    default_auto_field = "accounts.django_axes.uuid_keys.UUIDAutoField"
    control_privileges = {
        "axes_accessattempt": EVERY_ROW,
        # Written by the library's own handler only, which is not used; its commands look and delete.
        "axes_accessattemptexpiration": (SELECT, DELETE),
        "axes_accessfailurelog": (SELECT, DELETE),
        "axes_accesslog": (SELECT, DELETE),
    }

    def ready(self) -> None:
        super().ready()
        from workix.core.models import swept  # noqa: PLC0415  # abstract models: apps come first

        swept("attempt_time", kept=KEPT)(self.get_model("AccessAttempt"))
        for model in self.get_models():
            for field in model._meta.concrete_fields:
                (ordinary if field.name in _SAYS_NOTHING_OF_A_PERSON else personal)(field)

"""Serializers of the quotas API: balances, past periods, and what consuming, releasing and reserving ask for and answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from quotas.limits import Balance, PastPeriod
from quotas.reservations import LONGEST
from workix.api.serializers import StrictSerializer

LARGEST_AMOUNT = 1_000_000_000
LONGEST_SECONDS = int(LONGEST.total_seconds())


class QuotaSerializer(serializers.Serializer[Balance]):
    """What an organization may use of one resource, has used, and has left."""

    resource = serializers.CharField(source="resource.name")
    limit = serializers.IntegerField()
    burst = serializers.IntegerField(help_text="Units beyond `limit` that are allowed, and reported.")
    used = serializers.IntegerField()
    reserved = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="What is left up to `limit`, without `burst`.")
    over_limit = serializers.BooleanField(help_text="More than `limit` is used and reserved.")
    period = serializers.CharField(help_text="`month` starts anew each month (UTC); `none` counts what is there.")
    resets_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(many=False)
class QuotasSerializer(serializers.Serializer[Any]):
    """All of them: there are few, so there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = QuotaSerializer(many=True)


class PastPeriodSerializer(serializers.Serializer[PastPeriod]):
    period_starts_on = serializers.DateField()
    limit = serializers.IntegerField()
    used = serializers.IntegerField()


@extend_schema_serializer(many=False)
class HistorySerializer(serializers.Serializer[Any]):
    """A row a period that is over, newest first."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PastPeriodSerializer(many=True)


class ConsumptionSerializer(QuotaSerializer):
    """What is left after units were taken, and the id by which they can be given back."""

    id = serializers.UUIDField()


class AmountSerializer(StrictSerializer):
    """How many units."""

    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, default=1)


class ReleaseSerializer(StrictSerializer):
    """Which consumption is given back, and how many units of it: all, where no amount is named."""

    consumption = serializers.UUIDField()
    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, required=False)


class ReserveSerializer(AmountSerializer):
    """How many units, and for how many seconds they are held."""

    ttl = serializers.IntegerField(
        min_value=1, max_value=LONGEST_SECONDS, default=300, help_text="Time to live, in seconds."
    )


class ReservationSerializer(ConsumptionSerializer):
    """What is held until when, what is left, and the id by which it is committed or released."""

    amount = serializers.IntegerField()
    expires_at = serializers.DateTimeField()


class CommitSerializer(StrictSerializer):
    """How many of the reserved units were used: all, where no amount is named."""

    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, required=False)

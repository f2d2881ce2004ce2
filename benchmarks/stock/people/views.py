"""The peer's endpoints: a ModelSerializer and generic views, as DRF's tutorial writes them."""

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import generics, serializers, viewsets

from benchmarks.stock.people.models import User


class UserSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "first_name",
            "last_name",
            "role",
            "is_active",
            "created_at",
            "updated_at",
            "last_login",
        )
        read_only_fields = ("email", "role", "is_active", "last_login")


class UserViewSet(viewsets.ModelViewSet[User]):
    queryset = User.objects.order_by("created_at", "id")
    serializer_class = UserSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_fields = ("role", "is_active")


class MeView(generics.RetrieveUpdateAPIView[User]):
    serializer_class = UserSerializer

    def get_object(self) -> User:
        return self.request.user

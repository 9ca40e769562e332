"""The OpenAPI document, for everybody: it says which addresses exist, never what stands there."""

from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from core.web.access import public

schema = public(SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]))

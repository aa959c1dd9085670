"""Django REST Framework, as its documentation shows: unmanaged models over the tables, model serializers, generic views."""

import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": os.environ["PEER_SOCKET"],
            "CONN_MAX_AGE": None,
        }
    },
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402


class Account(models.Model):
    Id = models.UUIDField(primary_key=True)
    Name = models.TextField()
    AccountNumber = models.TextField(null=True)
    Type = models.TextField(null=True)
    Industry = models.TextField(null=True)
    AnnualRevenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    NumberOfEmployees = models.IntegerField(null=True)
    Rating = models.TextField(null=True)
    Phone = models.TextField(null=True)
    Email = models.TextField(null=True)
    CustomerStatus = models.TextField(null=True)
    OwnerId = models.UUIDField()
    IsDeleted = models.BooleanField()

    class Meta:
        app_label, managed, db_table = "crm", False, "Account"


class Opportunity(models.Model):
    Id = models.UUIDField(primary_key=True)
    Name = models.TextField()
    Stage = models.TextField()
    Amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    CloseDate = models.DateField()
    AccountId = models.UUIDField()
    OwnerId = models.UUIDField()
    IsDeleted = models.BooleanField()

    class Meta:
        app_label, managed, db_table = "crm", False, "Opportunity"


class AccountSerializer(serializers.ModelSerializer):
    class Meta:
        model = Account
        exclude = ["IsDeleted"]


class OpportunitySerializer(serializers.ModelSerializer):
    class Meta:
        model = Opportunity
        exclude = ["IsDeleted"]


class AccountView(generics.RetrieveAPIView):
    queryset = Account.objects.filter(IsDeleted=False)
    serializer_class = AccountSerializer


class OpportunityView(generics.ListAPIView):
    serializer_class = OpportunitySerializer

    def get_queryset(self):
        query = self.request.query_params
        found = Opportunity.objects.filter(Stage=query["stage"], Amount__gt=query["amount"], IsDeleted=False)
        return found.order_by(models.F("CloseDate").asc(nulls_first=True), models.F("Id").asc(nulls_first=True))[:50]


urlpatterns = [
    path("accounts/<uuid:pk>", AccountView.as_view()),
    path("opportunities", OpportunityView.as_view()),
]
application = get_wsgi_application()

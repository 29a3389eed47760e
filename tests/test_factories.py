"""Every row of the house can be made by a factory, says its name, and is called something in Vietnamese."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from tests import factories

OURS = ("core", "accounts", "blocs", "awards", "reports", "desk")
WRITTEN_BY_AUDIT_ALONE = {"core.event", "core.eventhead"}
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory) and factory._meta.model
}


def test_every_model_has_a_factory() -> None:
    without = {model._meta.label_lower for model in MODELS if model not in FACTORIES}
    assert without == WRITTEN_BY_AUDIT_ALONE


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory.__name__)
def test_factory_makes_a_row_with_a_name(factory: type[DjangoModelFactory]) -> None:
    row = factory()
    row.validate_constraints()
    assert str(row).strip() != ""
    assert " object (" not in str(row)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_is_called_something_in_vietnamese(model) -> None:
    assert str(model._meta.verbose_name) != model._meta.model_name
    assert "verbose_name" in model._meta.original_attrs

"""Parts that few files have: the model of such a part is built when a file has it."""

from importlib import import_module
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

M = TypeVar("M", bound=BaseModel)


class _WhenThere:
    """Has pydantic build a part's model when a file has the part, not with the whole.

    Says what the model itself says: the same faults at the same places, the same JSON Schema.
    """

    def __get_pydantic_core_schema__(
        self, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        del handler  # it would build the part
        return core_schema.no_info_plain_validator_function(source.model_validate)

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return _described(schema["function"]["function"].__self__, handler)


class Imported:
    """Has a part's model imported, as well, when a file has the part: its module and its name."""

    def __init__(self, module: str, name: str) -> None:
        self._place = (f"storesync.model.{module}", name)

    @property
    def model(self) -> type[BaseModel]:
        """The part's model."""
        module, name = self._place
        model: type[BaseModel] = getattr(import_module(module), name)
        return model

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        del source, handler  # they know of no model
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        del schema
        return _described(self.model, handler)

    def _validate(self, value: object) -> BaseModel:
        return self.model.model_validate(value)


def _described(model: type[BaseModel], handler: GetJsonSchemaHandler) -> dict[str, Any]:
    model.model_rebuild()
    return handler(core_schema.definitions_schema(model.__pydantic_core_schema__, []))


Late = Annotated[M, _WhenThere()]


def imported(module: str, name: str) -> Any:
    """Return the type of a part whose module, in `storesync.model`, is imported when needed.

    It stands for the model where mypy does not look; see `storesync.model.parts`.
    """
    return Annotated[Any, Imported(module, name)]

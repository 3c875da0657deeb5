"""Parts that few files have: the model of such a part is built when a file has it."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

M = TypeVar("M", bound=BaseModel)


class _WhenThere:
    """Has pydantic build a part's model when a file has the part, not with the whole."""

    def __get_pydantic_core_schema__(
        self, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        del handler  # it would build the part
        return core_schema.no_info_plain_validator_function(source.model_validate)

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        model = schema["function"]["function"].__self__
        model.model_rebuild()
        return handler(core_schema.definitions_schema(model.__pydantic_core_schema__, []))


# Says what the model itself says: the same faults at the same places, the same JSON Schema.
Late = Annotated[M, _WhenThere()]

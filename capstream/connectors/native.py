"""What all models of native objects share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Native(BaseModel):
    """A native object: unknown fields are fine, types of known ones are not negotiable."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, populate_by_name=True)

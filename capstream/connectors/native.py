"""What all models of native objects share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Native(BaseModel):
    """A native object: unknown fields are fine, types of known ones are not negotiable.

    A field with an alias is read under its alias alone: the vendor may call something else by
    our name for it.
    """

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

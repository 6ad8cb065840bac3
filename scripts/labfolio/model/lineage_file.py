"""The shape of `/lineage.json`, declared once; its JSON Schema is made from it."""

from typing import Literal

from pydantic import Field

from labfolio.model.declared import Shape
from labfolio.model.scalars import Stage, Status

VERSION: Literal[1] = 1


class LineageNode(Shape):
    """One published entry."""

    id: str = Field(description="Permanent number, such as B07.")
    kind: Literal["build", "reproduction", "paper", "note", "submission"] = Field(description="Its kind.")
    slug: str = Field(description="The part of its address that names it.")
    url: str = Field(description="Whole address of its page.")
    title: str = Field(description="Its title.")
    status: Status = Field(description="Where it stands.")
    stage: Stage = Field(description="Its stage, as it states or computed.")
    stated: bool = Field(description="Whether the entry states its stage.")
    chain: int | None = Field(description="Number of its connected group, from 1; null where it is alone.")


class LineageEdge(Shape):
    """One step: `target` grew out of `source`."""

    source: str = Field(description="Id of the earlier entry.")
    target: str = Field(description="Id of the entry that grew out of it.")
    reason: Literal["based_on", "paper"] = Field(
        description="Why it is here: the later entry states it, or both are on the same paper."
    )


class LineageFile(Shape):
    """`/lineage.json`: what grew out of what, a graph without circles."""

    version: Literal[1] = Field(description="Version of this shape.")
    site: str = Field(description="Address of the site.")
    nodes: list[LineageNode] = Field(description="Every published entry, newest first.")
    edges: list[LineageEdge] = Field(description="The steps; each joins two of the nodes.")

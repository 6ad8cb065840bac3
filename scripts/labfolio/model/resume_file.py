"""The shape of `/resume.json`: the parts of JSON Resume (jsonresume.org/schema, 1.0.0) that a portfolio can fill.

The names of the fields are that format's.
"""

from typing import Literal

from pydantic import Field

from labfolio.model.declared import Shape


class Profile(Shape):
    """An account elsewhere."""

    network: str = Field(description="Name of the network.")
    username: str = Field(description="Name there.")
    url: str = Field(description="Address.")


class Basics(Shape):
    """Who it is."""

    name: str = Field(description="Name.")
    label: str = Field(description="What they do, in a sentence.")
    url: str = Field(description="Address of the portfolio.")
    summary: str = Field(description="The programme in a sentence.")
    profiles: list[Profile] = Field(description="Accounts elsewhere.")


class Education(Shape):
    """The programme."""

    institution: str = Field(description="Where: the site.")
    area: str = Field(description="The pillars.")
    studyType: str = Field(description="Of what kind.")
    startDate: str = Field(description="First day, ISO 8601.")
    endDate: str = Field(description="Last day, ISO 8601.")
    url: str = Field(description="Address of the progress page.")


class Project(Shape):
    """A shipped build or reproduction."""

    name: str = Field(description="Title.")
    description: str = Field(description="The result in a sentence or two.")
    startDate: str | None = Field(None, description="The day work began.")
    endDate: str = Field(description="The day it was published.")
    url: str = Field(description="Address of its page.")
    keywords: list[str] = Field(description="Topics.")
    highlights: list[str] = Field(description="Verdicts on its claims, in words.")
    type: Literal["build", "reproduction"] = Field(description="Its kind.")


class Publication(Shape):
    """A submission that was sent."""

    name: str = Field(description="Title.")
    publisher: str = Field(description="Venue; empty where it is not stated.")
    releaseDate: str = Field(description="Day of its last event, ISO 8601.")
    url: str = Field(description="Address of its page.")
    summary: str = Field(description="What became of it.")


class Skill(Shape):
    """A pillar with its topics."""

    name: str = Field(description="The pillar.")
    keywords: list[str] = Field(description="Topics of its shipped entries, busiest first.")


class Meta(Shape):
    """Where the file itself stands."""

    canonical: str = Field(description="Whole address of this file.")
    version: Literal["v1.0.0"] = Field(description="Version of JSON Resume.")
    lastModified: str | None = Field(None, description="Day of the newest entry, ISO 8601.")


class ResumeFile(Shape):
    """`/resume.json`."""

    basics: Basics = Field(description="Who it is.")
    education: list[Education] = Field(description="The programme.")
    projects: list[Project] = Field(description="Shipped builds and reproductions, newest first.")
    publications: list[Publication] = Field(description="Submissions that were sent.")
    skills: list[Skill] = Field(description="Pillars with topics.")
    meta: Meta = Field(description="Where this file stands.")

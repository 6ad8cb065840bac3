"""`/resume.json`: what the portfolio knows of a résumé; the rest is left to the author's own."""

from collections.abc import Iterable

from labfolio.model.entry import BUILD, REPRODUCTION, SUBMISSION, Entry
from labfolio.model.front_matter import Submission
from labfolio.model.resume_file import Basics, Education, Meta, Profile, Project, Publication, ResumeFile, Skill
from labfolio.model.site import Output
from labfolio.model.wording import listed
from labfolio.present.edition import Edition
from labfolio.present.feeds.catalogue import told
from labfolio.present.metadata import author_name
from labfolio.present.portfolio_files import json_output
from labfolio.present.rows import claims_held, entry_mark


def resume_json(edition: Edition) -> Output:
    """The file."""
    program, settings = edition.portfolio.program, edition.settings
    author, newest = program.author, told(edition.portfolio)[:1]
    profiles = []
    if author and author.orcid:
        profiles.append(Profile(network="ORCID", username=author.orcid, url=f"https://orcid.org/{author.orcid}"))
    entries = [entry for entry in edition.portfolio.entries if entry.kind in (BUILD, REPRODUCTION)]
    shape = ResumeFile(
        basics=Basics(
            name=author_name(edition),
            label=program.statement or "",
            url=(author.url if author else None) or settings.site_url,
            summary=program.lead or "",
            profiles=profiles,
        ),
        education=list(_education(edition)),
        projects=[_project(edition, entry) for entry in entries if entry.status == "shipped"],
        publications=list(_publications(edition)),
        skills=list(_skills(edition)),
        meta=Meta(
            canonical=settings.site_url + "resume.json",
            version="v1.0.0",
            lastModified=newest[0].date.isoformat() if newest else None,
        ),
    )
    return json_output("resume.json", shape, exclude_none=True)


def _education(edition: Edition) -> Iterable[Education]:
    program, days = edition.portfolio.program, edition.progress.days
    if days:
        yield Education(
            institution=edition.settings.site_name,
            area=listed(pillar.name for pillar in program.pillars),
            studyType="Self-directed programme",
            startDate=days[0].date.isoformat(),
            endDate=days[-1].date.isoformat(),
            url=edition.settings.site_url + "progress/",
        )


def _project(edition: Edition, entry: Entry) -> Project:
    held, mark = claims_held(edition, entry), entry_mark(edition, entry)
    highlights = [part for part in (mark.word if mark else "", f"{held} held" if held else "") if part]
    return Project(
        name=entry.front.title,
        description=edition.summary(entry),
        startDate=entry.front.started.isoformat() if entry.front.started else None,
        endDate=entry.date.isoformat(),
        url=edition.settings.site_url + entry.url,
        keywords=list(entry.front.tags),
        highlights=highlights,
        type="build" if entry.kind is BUILD else "reproduction",
    )


def _publications(edition: Edition) -> Iterable[Publication]:
    for entry in edition.portfolio.of(SUBMISSION):
        front = entry.front
        if isinstance(front, Submission) and front.events:
            yield Publication(
                name=front.title,
                publisher=front.venue or "",
                releaseDate=front.events[-1].date.isoformat(),
                url=edition.settings.site_url + entry.url,
                summary=front.events[-1].event.replace("-", " ").capitalize(),
            )


def _skills(edition: Edition) -> Iterable[Skill]:
    shipped = [entry for entry in edition.portfolio.entries if entry.status == "shipped"]
    for pillar in edition.portfolio.program.pillars:
        counts: dict[str, int] = {}
        for tag in (tag for entry in shipped if entry.front.pillar == pillar.id for tag in entry.front.tags):
            counts[tag] = counts.get(tag, 0) + 1
        if counts:
            yield Skill(name=pillar.name, keywords=sorted(counts, key=lambda tag: (-counts[tag], tag)))

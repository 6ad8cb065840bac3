"""The programme: `content/program.yml`, declared once."""

from datetime import date, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from labfolio.model.declared import Declared, optional
from labfolio.model.scalars import (
    Address,
    Allow,
    AllowSecret,
    Authority,
    CalendarDate,
    Number,
    Slug,
    Summary,
    Text,
    TextList,
    Tolerance,
    Whole,
)


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except Exception as error:
        raise PydanticCustomError("zone", "is not a time zone; write an IANA name such as Europe/Berlin") from error
    return value


def _positive(value: int) -> int:
    if not 0 < value <= 10_000:
        raise PydanticCustomError("positive", "is not between 1 and 10000")
    return value


def _orcid(value: str) -> str:
    """The last character is a checksum over the others (ISO 7064, MOD 11-2)."""
    digits = value.replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2 if digit.isdigit() else -1
    wanted = (12 - total % 11) % 11
    if len(digits) != 16 or total < 0 or digits[15] != ("X" if wanted == 10 else str(wanted)):
        raise PydanticCustomError("orcid", "is not an ORCID iD; one digit is wrong or missing")
    return value


def _macro_name(value: str) -> str:
    """TeX reads letters alone as one name."""
    if not (value.isascii() and value.isalpha()):
        raise PydanticCustomError("macro", "is no name of a TeX command; write letters alone, without the backslash")
    return value


Zone = Annotated[str, AfterValidator(_known_zone)]
Positive = Annotated[Whole, AfterValidator(_positive)]
Orcid = Annotated[str, AfterValidator(_orcid)]
Macros = dict[Annotated[str, AfterValidator(_macro_name)], Text]


class Pillar(Declared):
    """A subject of the programme with its planned share."""

    id: Slug = Field(description="Short name used in entries.", examples=["re"])
    name: Text = Field(description="Its name for readers.", examples=["Research engineering"])
    share: Number = optional("Planned share in percent.", "30", 0.0)
    side: Literal["software", "machine-learning"] | None = optional(
        "The half of the makeup that it belongs to.", "software"
    )
    code: Text | None = optional("Two letters for dense lists; default: the id in capitals.", "RE")


class MilestonePlan(Declared):
    """What a sub-milestone is for; what was planned and did not ship stays visible."""

    number: Positive = Field(description="The sub-milestone.", examples=["3"])
    goal: Text | None = optional("Its aim in one sentence.", "A sketch that merges")
    plan: TextList = optional("Slugs of the entries to ship in it.", ["hll-sketch"], ())


class Standard(Declared):
    """What graduation takes: every condition is met or not, counted from entries, verdicts and the log."""

    builds: Whole | None = optional("Builds shipped.", "38")
    reproductions: Whole | None = optional("Reproductions shipped.", "20")
    papers: Whole | None = optional("Paper notes written.", "120")
    submissions: Whole | None = optional("Submissions sent.", "2")
    claims_reproduced: Whole | None = optional("Claims of reproductions that held.", "30")
    goals_met: Whole | None = optional("Goals of builds that were met.", "40")
    completeness: Number | None = optional(
        "Least share of checklist points given by a shipped build or reproduction, in %.", "80"
    )
    hours: Number | None = optional("Hours logged.", "1100")
    days_logged: Whole | None = optional("Days with a line in the log.", "250")


class Targets(Declared):
    """How many of each kind the programme aims at."""

    builds: Whole | None = optional("Builds to ship.", "38")
    reproductions: Whole | None = optional("Reproductions to ship.", "20")
    papers: Whole | None = optional("Paper notes to write.", "120")
    submissions: Whole | None = optional("Submissions to send.", "3")
    hours: Whole | None = optional("Hours to work.", "1100")


class Pause(Declared):
    """Days that do not count, both ends included."""

    from_: CalendarDate = Field(alias="from", description="First day.", examples=["2026-08-01"])
    to: CalendarDate = Field(description="Last day.", examples=["2026-08-07"])
    why: Text | None = optional("The reason.", "holiday")

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.to < self.from_:
            raise PydanticCustomError("pause", "a pause ends before it begins")
        return self


class Author(Declared):
    """Who the portfolio belongs to."""

    name: Text = Field(description="The name on the pages and in the feed.", examples=["Ada Park"])
    orcid: Orcid | None = optional("ORCID iD.", "0000-0002-1825-0097")
    url: Address | None = optional("Home page.", "https://example.org")
    affiliation: Text | None = optional("Affiliation.", "independent")


class VerdictDefaults(Declared):
    """What holds where a claim says nothing."""

    confidence: Number = optional("Confidence of intervals.", "0.95", 0.95)
    tolerance: Tolerance = optional("Tolerance of a claim that states none.", "5%", (None, 0.05))
    min_seeds: Whole = optional("Fewest seeds for a positive verdict.", "3", 3)


class Program(Declared):
    """The programme. Without `start` there is no counter; everything else works."""

    start: CalendarDate | None = optional("Day 1.", "2026-03-01")
    days: Positive = optional("Length in days, day 1 included.", "300", 300)
    milestone_days: Positive = optional("Length of a sub-milestone.", "10", 10)
    timezone: Zone = optional("The zone in which a day begins.", "Europe/Berlin", "UTC")
    graduation: CalendarDate | None = optional("The last day, if you state it; checked against start and days.", None)
    pillars: tuple[Pillar, ...] = optional("Subjects with their shares.", None, ())
    targets: Targets = optional("What the programme aims at.", None, Targets.model_construct())
    phases: TextList = optional(
        "The parts of a sub-milestone, of equal length.",
        ["explore", "implement", "refine", "ship"],
        ("explore", "implement", "refine", "ship"),
    )
    milestones: tuple[MilestonePlan, ...] = optional("What each sub-milestone is for.", None, ())
    standard: Standard | None = optional("What graduation takes.", None)
    pauses: tuple[Pause, ...] = optional("Days that do not count.", None, ())
    verdict: VerdictDefaults = optional("Defaults of the verdict rule.", None, VerdictDefaults.model_construct())
    author: Author | None = optional("Who it belongs to.", None)
    bibliography: TextList = optional(
        "The files of the bibliography, relative to content/: BibTeX, or Zotero's CSL-JSON as .json. New records are"
        " added to the first that is BibTeX.",
        ["papers.bib", "zotero.json"],
        ("papers.bib",),
    )
    citations: Literal["author-year", "numbered"] = optional(
        "How texts cite: (Rahimi and Recht, 2007), or [1].", "numbered", "author-year"
    )
    authority: Authority | None = optional(
        "The domain in feed ids, so that they stay when the site moves; default: that of site_url.", "ada.example"
    )
    hub: Address | None = optional(
        "A WebSub hub that the feeds name, so that subscribers are told at once.", "https://hub.example.org/"
    )
    statement: Text | None = optional("The sentence that heads the home page.", "Ada Park reproduces systems papers.")
    lead: Summary | None = optional("One or two sentences below it.", "A self-directed programme of 300 days.")
    featured: TextList = optional("Up to three slugs for 'Start here'.", ["hll-sketch"], ())
    macros: Macros = optional(
        "Commands of your own for mathematics, by name; `#1` to `#9` in the TeX are what stands in braces after them.",
        {"KL": "D_{\\mathrm{KL}}\\left(#1 \\,\\middle\\|\\, #2\\right)"},
        {},
    )
    allow: Allow = optional(
        "Warnings that are meant in program.yml, log.csv, the bibliography and permalinks.yml, each with the reason.",
        {"contradiction": "the last sub-milestone is meant to be shorter"},
        {},
    )
    allow_secret: AllowSecret = optional(
        "What looks private in program.yml, the bibliography or a published file of no entry, and opens nothing: its"
        " fingerprint, as it is printed.",
        ["3f9a12c4d5e6"],
        (),
    )
    note: Text | None = optional("A plain sentence shown on home and progress.", "The dates are illustrative.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        counted = (self.targets.builds, self.targets.reproductions, self.targets.papers, self.targets.submissions)
        if self.start is None and any(counted):
            raise PydanticCustomError("start", "required when targets are set")
        return self

    @property
    def records(self) -> str:
        """The BibTeX file that new records are added to."""
        return next((path for path in self.bibliography if not path.lower().endswith(".json")), "papers.bib")

    def paused(self, day: date) -> bool:
        """Whether a calendar day lies in a pause."""
        return any(pause.from_ <= day <= pause.to for pause in self.pauses)

    def calendar(self) -> tuple[date, ...]:
        """The programme's days as dates, `days` long, pauses stepped over; empty without a start."""
        if self.start is None:
            return ()
        found: list[date] = []
        day = self.start
        while len(found) < self.days:
            # A pause is stepped over whole: it may last longer than any programme.
            over = max((pause.to for pause in self.pauses if pause.from_ <= day <= pause.to), default=None)
            if over is None:
                found.append(day)
            last = over or day
            if last == date.max:
                break
            day = last + timedelta(days=1)
        return tuple(found)

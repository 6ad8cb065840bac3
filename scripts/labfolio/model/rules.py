"""The rules an author can break, in one table; messages, `labfolio explain` and the reference page come from it.

A rule's name reads right after "allow": allow unknown-key, allow dead-link.
"""

from dataclasses import dataclass

from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.fix import Fix
from labfolio.model.private_text import masked, masked_line
from labfolio.model.source import START, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: what it reports, why that matters, an example that breaks it and the mend.

    `mends` says what `labfolio check --fix` does about it, empty where that is left to the author.
    """

    name: str
    level: Level
    what: str
    why: str
    example: str
    fix: str
    mends: str = ""


def _rule(name: str, level: Level, what: str, why: str, example: str, fix: str, mends: str = "") -> Rule:
    return Rule(name=name, level=level, what=what, why=why, example=example, fix=fix, mends=mends)


# The rule about allowances; it cannot itself be allowed.
UNUSED = "unused-allowance"

E, W, N = Level.ERROR, Level.WARNING, Level.NOTE

_TABLE = (
    _rule(
        "not-utf-8",
        E,
        "A text file is not UTF-8.",
        "Its letters would be guessed.",
        "a file saved as Latin-1",
        "Save the file as UTF-8.",
    ),
    _rule(
        "control-character",
        E,
        "A text holds a character that no reader can show.",
        "Feeds and browsers refuse or misread it.",
        "a NUL byte pasted with a log",
        "Delete the character.",
    ),
    _rule(
        "too-large",
        E,
        "A file, its front matter or a paragraph is over the size limit, nested too deeply or never closed.",
        "One file must not stall a build.",
        "a text of over 512 KiB, a paragraph of over 50,000 characters, 2,000 brackets that are never closed",
        "Split the file or move data beside it.",
    ),
    _rule(
        "too-slow",
        E,
        "A text takes more than three seconds of processor time to render.",
        "One page must not stall a build.",
        "a paragraph of 50,000 unclosed brackets",
        "Close the brackets and tags of the paragraph that the message points at, or split it; else split the page.",
    ),
    _rule(
        "refused-file",
        W,
        "A symbolic link, pipe or other special file lies among the sources.",
        "Following it could publish what was never meant to be.",
        "builds/x/fig.png -> ~/private.png",
        "Put a copy of the file there.",
    ),
    _rule(
        "refused-source",
        E,
        "A symbolic link leads out of the site's folder, or a special file stands where labfolio reads a file.",
        "It is never opened, so what it stands for would be missing.",
        "builds/x.md -> ~/diary.md",
        "Put a copy of the file there; a link to what is not published may have a name that begins with '.'.",
    ),
    _rule(
        "unreadable-file",
        E,
        "A file among the sources cannot be read.",
        "A part of the site would be missing.",
        "a file without read permission",
        "Allow reading it, or move it away.",
    ),
    _rule(
        "missing-front-matter",
        E,
        "An entry does not begin with front matter.",
        "Without a title and a date there is no page.",
        "# My build",
        "Begin the file with ---, title, date, ---.",
    ),
    _rule(
        "unclosed-front-matter",
        E,
        "The front matter has no closing line.",
        "The whole text would be read as YAML.",
        "---\ntitle: X\n\nText",
        "Add a line --- after the last field.",
    ),
    _rule(
        "invalid-yaml",
        E,
        "The text is not valid YAML.",
        "Fields after the fault would be lost.",
        "title: Build 0: x",
        'Quote the value: title: "Build 0: x".',
        "Quotes a value that YAML would take apart, indents with spaces, removes a comma with nothing before it.",
    ),
    _rule(
        "duplicate-key",
        E,
        "A field is given twice.",
        "YAML keeps the last one without a word.",
        "date: 2026-01-01\ndate: 2026-01-02",
        "Remove one of the two.",
        "Removes the second line where it says the same.",
    ),
    _rule(
        "unknown-key",
        E,
        "A field has a name that labfolio does not know.",
        "A misspelt field would do nothing.",
        "staus: shipped",
        "Correct the name or remove the field.",
        "Corrects a name that is a slip of the pen away from one field.",
    ),
    _rule(
        "misspelt-key",
        W,
        "A field of a page of your own is a slip of the pen away from one that labfolio reads.",
        "A misspelt field does nothing; other fields may belong to whoever else reads the page.",
        "tilte: About",
        "Correct the name.",
        "Corrects a name that can only be meant as one field.",
    ),
    _rule(
        "missing-field",
        E,
        "A required field is absent.",
        "The page cannot be built without it.",
        "no date",
        "Add the field.",
    ),
    _rule(
        "invalid-value",
        E,
        "A value does not fit its field.",
        "It would show wrongly or not at all.",
        "date: 2026-02-30",
        "Write the value as the message says.",
        "Writes the one value, day or DOI that can be meant.",
    ),
    _rule(
        "cut-value",
        W,
        "An unquoted value is followed by a space and '#', which starts a comment in YAML.",
        "The rest of the value is silently lost.",
        "title: Issue #4, closed",
        'Quote the value: "Issue #4, closed". If a comment is meant, put two spaces before it.',
    ),
    _rule(
        "unknown-reference",
        E,
        "A field names an entry, pillar or BibTeX key that does not exist.",
        "The link would lead nowhere.",
        "pillar: ai",
        "Use one of the names the message lists.",
    ),
    _rule(
        "duplicate-slug",
        E,
        "Two entries have the same slug.",
        "One page would overwrite the other.",
        "papers/a.md and papers/a/index.md",
        "Rename one of the two.",
    ),
    _rule(
        "duplicate-id",
        E,
        "Two entries carry the same id.",
        "Feeds and links could not tell them apart.",
        "id: B07 in two files",
        "Give one of them another id.",
    ),
    _rule(
        "duplicate-url",
        E,
        "Two sources would be written to the same URL.",
        "One would overwrite the other.",
        "content/builds.md and the list of builds",
        "Rename one of the two.",
    ),
    _rule(
        "unsafe-name",
        E,
        "A file or folder name cannot be used in a URL as it is.",
        "Servers and operating systems disagree about it.",
        "builds/My Build?/",
        "Use a-z, 0-9, '-', '_' and '.'.",
    ),
    _rule(
        "circular-lineage",
        E,
        "Entries are based on each other in a circle.",
        "Nothing can come before itself.",
        "a based_on b, b based_on a",
        "Remove one of the links.",
    ),
    _rule(
        "dead-link",
        W,
        "A link leads to a page or file that does not exist.",
        "The reader gets a 404.",
        "[x](missing.md)",
        "Correct the path; paths are relative to the file.",
        "Corrects the capitals of the path where one page or file has that name.",
    ),
    _rule(
        "dead-anchor",
        W,
        "A link leads to a heading that does not exist.",
        "The reader lands at the top.",
        "[x](#reslts)",
        "Use the heading's id.",
    ),
    _rule(
        "link-to-unpublished",
        W,
        "A link leads to a draft or an entry of the future.",
        "The page is not published; the link is printed as plain text.",
        "[x](draft.md)",
        "Publish it or drop the link.",
    ),
    _rule(
        "missing-file",
        W,
        "A figure or data file is not there.",
        "The page would show a hole.",
        "![x](figures/a.png)",
        "Correct the path or add the file.",
        "Corrects the capitals of the path where one file has that name.",
    ),
    _rule(
        "unpublished-type",
        W,
        "A linked file is of a type that is not published.",
        "Only known types leave the repository.",
        "[weights](model.pt)",
        "Link to the repository instead.",
    ),
    _rule(
        "unsafe-link",
        W,
        "A link has a scheme that can run code.",
        "It would run in the reader's browser.",
        "[x](javascript:alert(1))",
        "Use http, https, mailto or a relative path.",
    ),
    _rule(
        "invalid-notebook",
        E,
        "A notebook cannot be shown as it is asked for.",
        "A part of the page would be missing.",
        '![Analysis](analysis.ipynb){cells="all"}',
        "Mend the notebook, or what the image says of it.",
    ),
    _rule(
        "notebook-left-out",
        W,
        "Something in a notebook cannot stand in a page: a script, a widget, an output that is too large.",
        "The page shows less than the notebook, and nothing that runs.",
        "a cell whose output is an interactive chart",
        "Save an image of it in the notebook, or tag the cell remove-output.",
    ),
    _rule(
        "notebook-shortened",
        N,
        "A long output is cut, or a home folder is written as ~.",
        "Pages stay readable, and tell nothing of one machine.",
        "a cell that prints 5,000 lines",
        "Nothing has to be done; print less for a shorter page.",
    ),
    _rule(
        "masked-secret",
        W,
        "What looks like a token or a private key is printed as ***.",
        "Whoever reads it could use the account; it still stands in the file.",
        "a cell that prints an API key",
        "Take the token back where it was given out, and remove it from the file.",
    ),
    _rule(
        "secret",
        E,
        "What looks like a token, a password or a private key stands in a text or file that is published.",
        "Whoever reads it could use the account.",
        "OPENAI_API_KEY=sk-...",
        "Take it back where it was given out, then remove it here.",
    ),
    _rule(
        "home-path",
        E,
        "A path below a home folder stands in a text or file that is published.",
        "It tells the name of an account, and leads nowhere for a reader.",
        "open('/home/ada/data.csv')",
        "Write a path relative to the entry, or ~ for the home folder.",
    ),
    _rule(
        "stale-quote",
        E,
        "What a page quotes is not in the file any more, or not as it was.",
        "The page would show another piece of code than its text is about.",
        'symbol="Sketch.insert", which is now called Sketch.add',
        "Look at the file, then correct the quotation.",
    ),
    _rule(
        "invalid-quote",
        E,
        "A quotation of code does not say what is quoted.",
        "Nothing, or the wrong lines, would be shown.",
        'file="sketch.py" line="3"',
        "Name a symbol, a region or lines.",
    ),
    _rule(
        "raw-html",
        W,
        "Raw HTML outside the allowed elements was removed.",
        "Active content must not reach the reader.",
        "<script>",
        "Write Markdown, or remove the element.",
    ),
    _rule(
        "unsafe-html",
        N,
        "A text asks for its HTML to be published as it is.",
        "Scripts in it run for every reader, so that nobody should overlook it.",
        "unsafe_html: yes",
        "Take the field out where the text needs Markdown alone.",
    ),
    _rule(
        "foreign-template",
        W,
        "A text holds a shortcode or a template of another generator.",
        "Nothing here evaluates it: readers see it as it is written.",
        '{{< figure src="a.png" >}}',
        "Write Markdown in its place, or put it between backticks where readers should see it.",
    ),
    _rule(
        "hidden-direction",
        W,
        "A text holds a character that is not seen and changes the order in which others are read.",
        "A line of code can look like another one than it is (CVE-2021-42574).",
        "U+202E, pasted with a name",
        "Delete the character; a language that is written from right to left needs none.",
    ),
    _rule(
        "misspelt-block",
        W,
        "A block's kind is a slip of the pen away from one that is set in its own way.",
        "It is shown as a plain box, without a number or colour.",
        '!!! theorm "Convergence"',
        "Correct the word.",
        "Corrects a word that can only be meant as one kind.",
    ),
    _rule(
        "empty-block",
        W,
        "A theorem, definition, proof or algorithm holds no text.",
        "Its text stands below it as if it were another paragraph.",
        "!!! lemma\nText that is not indented.",
        "Indent its text by four spaces.",
    ),
    _rule(
        "foreign-label",
        W,
        "The label of a block begins as those of another kind do.",
        "A theorem would be counted among the lemmas.",
        "!!! theorem {#lem-uniform}",
        "Begin the label with the prefix of the block's kind.",
    ),
    _rule(
        "undrawn-diagram",
        N,
        "A Mermaid diagram is shown as its source.",
        "Pages run no script that would draw it.",
        "```mermaid",
        "Draw it once with any tool and put the SVG beside the entry.",
    ),
    _rule(
        "second-title",
        W,
        "The body holds a level-1 heading although the title is the page's only one.",
        "Screen readers and search engines expect one.",
        "# Again",
        "Use ## for sections.",
        "Writes ## in the place of #.",
    ),
    _rule(
        "invalid-image",
        E,
        "An image cannot be read or is too large.",
        "It would break the page or the build.",
        "a truncated PNG",
        "Export the image again.",
    ),
    _rule(
        "active-svg",
        E,
        "An SVG holds a script, an event handler or an outside reference.",
        "Opened on its own it would run.",
        "<svg onload=...>",
        "Export a plain SVG, or a PNG.",
    ),
    _rule(
        "invalid-bibtex",
        E,
        "A bibliography entry cannot be read.",
        "Its notes would lose title and authors.",
        "an unbalanced brace",
        "Mend the entry at that line.",
    ),
    _rule(
        "unknown-citation",
        E,
        "A text cites a key that the bibliography does not have.",
        "Readers would see the key where a name should stand.",
        "[@rahimi2007randm, Table 2]",
        "Correct the key, add the work to the bibliography, or write \\@ for the sign alone.",
    ),
    _rule(
        "unknown-label",
        E,
        "A text refers to a label that its page does not have.",
        "Readers would see the label where a number should stand.",
        "as @fig-widht shows",
        "Correct the label, or give the element the id: {#fig-width}.",
    ),
    _rule(
        "duplicate-label",
        E,
        "Two elements of a page have the same label or id.",
        "A reference or a link could mean either.",
        "![A](a.png){#fig-width} ![B](b.png){#fig-width}",
        "Give one of the two another label.",
    ),
    _rule(
        "invalid-data",
        E,
        "A result file cannot be read as declared.",
        "A number would be wrong or missing.",
        "a row with too few cells",
        "Mend the row or the selector.",
        "Corrects the capitals of the file's name where one file has that name.",
    ),
    _rule(
        "large-data",
        W,
        "A result file is over 5 MiB.",
        "It is read on every build and copied to every reader who asks for it.",
        "a log with a row for every step",
        "Publish a summary with one row a replicate.",
    ),
    _rule(
        "zero-tolerance",
        E,
        "A relative tolerance is asked of a reported zero.",
        "Any share of zero is zero, so nothing but zero itself would agree.",
        "reported: 0\ntolerance: 5%",
        "Give an absolute tolerance.",
    ),
    _rule(
        "tight-tolerance",
        W,
        "A tolerance is finer than the reported number was rounded to, or zero where runs vary.",
        "A measurement that agrees with the paper could not be told from one that does not.",
        "reported: 0.98\ntolerance: 0.001",
        "Allow at least half a unit of the last decimal.",
    ),
    _rule(
        "fraction-for-percent",
        E,
        "A claim in percent is measured in fractions.",
        "The verdict would be wrong by a factor of a hundred.",
        'unit: "%" with values such as 0.93',
        "Add scale: 100 to 'measured'.",
    ),
    _rule(
        "identical-runs",
        W,
        "All replicates have the same value.",
        "Either nothing is random, or the seed is not used.",
        "ten seeds, all 0.5",
        "Use the seed, or write deterministic: yes.",
    ),
    _rule(
        "varying-runs",
        W,
        "A claim is called deterministic and its replicates differ.",
        "Their spread is left out of the verdict.",
        "deterministic: yes with 0.5 and 0.6",
        "Remove 'deterministic'.",
    ),
    _rule(
        "extra-seeds",
        W,
        "A result file holds replicates that were not declared.",
        "Adding seeds until a result appears is a way to deceive oneself.",
        "seeds: 5 and rows for 0 to 9",
        "Declare every seed that was run.",
    ),
    _rule(
        "unpaired-seed",
        W,
        "A replicate has no partner to be compared with.",
        "It counts as failed.",
        "seed 3 in one selection of 'minus' only",
        "Run the seed for both.",
    ),
    _rule(
        "unused-field",
        W,
        "A field of a claim has no effect.",
        "A reader of the source would think that it has.",
        "reported_sd without reported_n",
        "Complete it or remove it.",
    ),
    _rule(
        "missing-limitations",
        W,
        "A shipped reproduction states no limitations.",
        "Every result has limits; a page without them asks to be doubted.",
        "no field 'limitations'",
        "Write what the results do not show.",
    ),
    _rule(
        "unknown-value",
        E,
        "A text asks for a value that no claim has.",
        "The page would show a hole in place of a number.",
        "{{ r.eror.mean }}",
        "Use a claim's id and one of the names the message lists.",
    ),
    _rule(
        "invalid-mathematics",
        W,
        "An expression between dollars, or a macro for them, cannot be read.",
        "The page shows its TeX in the place of the formula.",
        "$\\frac{a$",
        "Correct the expression; the guide to mathematics lists what is not known.",
    ),
    _rule(
        "contradiction",
        W,
        "Two facts in the programme do not agree.",
        "The counter would be wrong.",
        "graduation: a day that is not start + days",
        "Correct one of the two.",
    ),
    _rule(
        "outside-programme",
        W,
        "A dated entry lies outside the programme.",
        "It counts in no sub-milestone.",
        "date: a year before the start",
        "Correct the date or the start.",
    ),
    _rule(
        "too-many-featured",
        W,
        "More than three entries are featured.",
        "'Start here' is a choice.",
        "featured: [a, b, c, d]",
        "Keep three.",
    ),
    _rule(
        "lost-url",
        E,
        "Nothing answers a URL that was published.",
        "Whoever linked to it, or kept it, gets a 404.",
        "builds/hll-sketch/ renamed to builds/sketch/ without an id or an alias",
        "Write the old URL under 'aliases' of the page that takes its place, retire it, or restore the file.",
    ),
    _rule(
        "lost-heading",
        W,
        "A heading of a published page has another anchor now.",
        "Links to it from outside land at the top of the page.",
        "## Results, renamed to ## What came out",
        "Keep the anchor: ## What came out {#results}. Or let it go: labfolio publish.",
    ),
    _rule(
        "lost-file",
        W,
        "A figure or result file that was published is published no more.",
        "Pages of others that show it have a hole.",
        "results/error.csv, renamed",
        "Refer to the file from a page again, or retire its URL.",
    ),
    _rule(
        "taken-alias",
        E,
        "An alias is the URL of a page, or an alias of another page.",
        "The redirect would stand in the place of what is already there.",
        "aliases: [builds/sketch/] beside builds/sketch/index.md",
        "Remove the alias, or the page that has its URL.",
    ),
    _rule(
        "circular-redirect",
        E,
        "Moved URLs of the ledger lead to each other in a circle.",
        "A browser would never arrive.",
        "a/ moved to b/, b/ moved to a/",
        "Correct 'to' in one of the lines, or retire it.",
    ),
    _rule(
        "falling-counter",
        N,
        "An entry that counted toward a target does not count any more.",
        "A counter that falls without a word looks like an error.",
        "status: abandoned in an entry that was shipped",
        "Nothing needs mending; labfolio publish takes note of it.",
    ),
    _rule(
        "invalid-template",
        E,
        "A template of the theme cannot be used.",
        "No page can be made with it.",
        "{% if %}",
        "Correct the template.",
    ),
    _rule(
        "invalid-settings",
        E,
        "mkdocs.yml cannot be used.",
        "The site would be built wrongly.",
        "site_url: pages.dev",
        "Correct the setting.",
        "Corrects a name that is a slip of the pen away from one setting.",
    ),
    _rule(
        "unheeded-setting",
        W,
        "A setting of MkDocs has no effect on a labfolio site.",
        "A page that it should keep back would be published all the same, or a file that it names would be missing.",
        "exclude_docs: drafts/",
        "Say it in the way that the help names.",
    ),
    _rule(
        UNUSED,
        W,
        "An allowance allows nothing.",
        "It would hide the next warning of that rule.",
        "allow: {dead-link: ...} in a file whose links all lead somewhere",
        "Remove the line.",
    ),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in _TABLE}


def allowable(rule: Rule) -> bool:
    """Whether an author can let it stand in a file: a warning, but not the one about allowances."""
    return rule.level is Level.WARNING and rule.name != UNUSED


def standing(rule: Rule) -> tuple[str, str]:
    """Whether `--fix` can mend a rule's faults, and whether an author can allow them, a sentence each."""
    mends = f"labfolio check --fix: {rule.mends}" if rule.mends else "labfolio check --fix leaves it to you."
    if allowable(rule):
        return mends, f'Can be allowed in a file: allow: {{{rule.name}: "the reason"}}'
    kind = {Level.ERROR: "An error", Level.NOTE: "A note"}.get(rule.level, "It")
    return mends, f"{kind} cannot be allowed." if rule.level is not Level.NOTE else "A note stops nothing."


def fault(
    rule: str,
    path: str,
    message: str,
    help: str = "",
    position: Position = START,
    text: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of a rule, with the faulty line of `text`, the whole file. Raises KeyError for an unknown rule.

    What is private in the file is told by none: it is masked here, where all of them are made.
    """
    level, mend = RULES[rule].level, help or RULES[rule].fix
    return Diagnostic(
        rule=rule,
        level=level,
        path=path,
        message=masked(message, text),
        help=masked(mend, text),
        position=position,
        source=masked_line(text, position.line),
        fix=None if fix and any(masked(one.old + one.new) != one.old + one.new for one in fix.edits) else fix,
    )

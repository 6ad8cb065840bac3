"""The words of each format, for fuzzers to put into what they try; each as it is written below."""

from labfolio.markdown.sanitise import TAGS


def _words(text: str) -> tuple[str, ...]:
    """Words apart by white space: `␣` stands for a space within one, `\\n` for a line's end."""
    return tuple(word.replace("\\n", "\n").replace("␣", " ") for word in text.split())


YAML = (
    *_words(
        r"""---\n -␣ :␣ ?␣ &a␣ *a <<:␣ !!int␣ !!binary␣ |\n >-\n "\ud800" { } [ ] ␣# %YAML␣1.1\n ...\n ~ null !ENV␣"""
    ),
    *("\t", "\u2028", "\x85"),
)
MARKDOWN = (
    *_words(
        r"""#␣ [a](b) ![a](b.png␣"c") [^1] [@key] ```python\n ~~~ >␣ -␣[␣]␣ |␣a␣|␣b␣|\n|--|--|\n $ $$\n \( {#id} {:␣.a␣}
        <div␣markdown> <!-- --> <![CDATA[ ]]> &#x !!!␣note\n␣␣␣␣ ===␣"a"\n␣␣␣␣ {{␣r.a␣}} --8<-- *[a]:␣b ** == ^^ ~~ ++
        :smile: <script> !!!␣theorem\n␣␣␣␣ \begin{align} \end{align} ␣␣␣␣ [a]:␣b\n <details>\n</details>"""
    ),
    *("\u202e", "\x02", "\x03"),
)
TEX = _words(
    r"""\frac \sqrt[ \left( \right) \begin{aligned} \end{aligned} \text{ \tag{ ^ _ { } & \\ \def \newcommand
    {{␣r.a␣}} $ \'e \href{ \operatorname{ \limits \mathbb \substack{ \color{ \left.
    \middle| \verb| \begin{array}{c \end{array} #1"""
)
BIBTEX = _words(
    r"""@article{ @string{ @comment{ @preamble{ author␣=␣ title␣=␣{ year␣=␣2020 ␣and␣ others " { } # ,\n jan eprint
    archivePrefix \"{o} doi␣=␣{10.1/"""
)
JSON = _words(r"""{" ": [ ] { } , NaN -Infinity 1e400 1e-400 \ud800 \u0000 null true""")
CELLS = _words(
    r""""cells":[ "cell_type":"code" "outputs":[ "source":[ "output_type":"stream" "text": "data":{ "image/png":
    "text/html":"<table> "nbformat":4 "worksheets":[ "metadata":{ "traceback":["""
)
CSL = _words(r""""id": "author":[ "family": "literal": "issued":{"date-parts":[[ "DOI": "title":"<i>""")
CSV = (*_words(r""", \n " "" seed nan inf 1e400 # ; ␣-␣ __MIN Step step"""), "\r\n", "\t")
SELECTORS = _words("at:␣ where:␣{ minus:␣{ scale:␣ by:␣ statistic:␣ value:␣ file:␣ | last best mean")
ATOM = _words("<feed␣xmlns='http://www.w3.org/2005/Atom'> <entry> </entry> <id> <title> <author><name> <!DOCTYPE")
HTML = (
    *(f"<{name}>" for name in sorted(TAGS)),
    *_words(
        """<!-- --> <![CDATA[ ]]> <style> <template> <mglyph> <annotation-xml␣encoding=text/html> <foreignObject>
        </p> <table>        ␣href= ␣src= ␣id=main ␣onclick= javascript:"""
    ),
)
LINKS = _words(r"../ %2e%2e %2F \ content/ builds/ index.md .md &#x3a; :// ? # [ http: javascript: &Tab;")
CODE = _words(r"def␣f class␣A:\n #␣region␣f\n #␣endregion\n #␣--8<--␣[start:f]\n #␣--8<--␣[end:f]\n @a\n lambda f.g")
PRIVATE = _words(r"/home/ C:\Users\ sk- ghp_ AKIA hf_ -----BEGIN␣PRIVATE␣KEY----- xoxb- AIza file://")

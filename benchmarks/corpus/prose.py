"""Sentences, formulas, tables and code of a generated entry: what its own source of chance gives, and nothing else."""

import random

THINGS = (
    "estimator", "sketch", "kernel", "cache", "sampler", "schedule", "index", "register", "gradient", "checkpoint",
    "baseline", "threshold", "filter", "histogram", "tokeniser", "loader", "optimiser", "batch", "router", "buffer",
    "residual", "prior", "mask", "vocabulary", "seed", "interval", "trace", "budget", "partition", "queue", "decoder",
    "warm-up", "embedding", "allocator", "regulariser", "projection", "ensemble", "profiler", "shard", "codebook",
    "hash function", "learning rate", "confidence bound", "validation set", "memory pool", "hidden state",
)  # fmt: skip
QUALITIES = (
    "smaller", "larger", "noisy", "stable", "biased", "cheap", "sparse", "dense", "slow", "careful", "late", "early",
    "adaptive", "fixed", "shared", "local", "global", "hidden", "measured", "reported", "exact", "approximate",
    "compressed", "random", "sorted", "truncated", "weighted", "uniform",
)  # fmt: skip
DEEDS = (
    "halves", "hides", "explains", "moves", "limits", "doubles", "repeats", "replaces", "delays", "predicts",
    "contradicts", "bounds", "outlives", "absorbs", "dominates", "follows", "precedes", "confirms", "outweighs",
    "disturbs", "anticipates", "stabilises",
)  # fmt: skip
WHERE = (
    "in every run", "on one core", "for most seeds", "beyond the first thousand steps", "at the same cost",
    "when memory is short", "in the last decile", "under the stated settings", "before any tuning",
    "with half the data", "once the input is shuffled", "at equal width", "after the second restart",
    "while nothing else runs", "on inputs that were never seen", "as long as the table fits into the cache",
)  # fmt: skip
OPENINGS = (
    "Two of three runs agree that", "It was a surprise that", "The log shows that", "With the seed fixed,",
    "Against what the paper says,", "Seen from the trace,", "After a day of measuring,", "In the smallest case",
)  # fmt: skip
PEOPLE = (
    "Adeyemi", "Brandt", "Castellan", "Duarte", "Eklund", "Fontaine", "Gruber", "Hashimoto", "Ivanova", "Jonsdottir",
    "Keller", "Laurent", "Mbeki", "Novak", "Oyelaran", "Pereira",
)  # fmt: skip
EXPRESSIONS = (
    r"$\mathcal{O}(n \log n)$", r"$\sigma / \sqrt{n}$", r"$2^{-k}$", r"$\lVert w \rVert_2$", r"$p(y \mid x)$",
    r"$\hat\mu \pm t_{n-1} s$", r"$1 - e^{-kn/m}$", r"$\alpha m^2$", r"$\eta_0 = 0.1$", r"$\lambda_{\max}(H)$",
)  # fmt: skip
DISPLAYS = (
    r"\hat{n} = \alpha_m m^2 \left( \sum_{j=1}^{m} 2^{-M_j} \right)^{-1}",
    r"\mathcal{L}(\theta) = \frac{1}{n} \sum_i \ell\bigl(f_\theta(x_i), y_i\bigr) + \lambda \lVert \theta \rVert^2",
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
    r"\operatorname{sd}(\hat{n}) \approx \frac{1.04}{\sqrt{m}}\, n",
    r"\Pr[\text{false positive}] \approx \left(1 - e^{-kn/m}\right)^k",
    r"\begin{aligned} z_t &= \sigma(W x_t + U h_{t-1}) \\ h_t &= (1 - z_t) \odot h_{t-1} + z_t \end{aligned}",
)
CODE = (
    ("python", '''from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sketch{n}:
    """Registers of a distinct counter; two of the same width merge."""

    width: int = {m}
    registers: bytes = bytes({m})

    def merged(self, other: "Sketch{n}") -> "Sketch{n}":
        if self.width != other.width:
            raise ValueError(f"{{self.width}} and {{other.width}} registers")
        pairs = zip(self.registers, other.registers, strict=True)
        return replace(self, registers=bytes(max(a, b) for a, b in pairs))
'''),
    ("python", '''def fit_{n}(features, labels, *, width: int = {m}, rate: float = {k}e-3, rounds: int = {n}):
    """Weights after so many rounds of descent, and the loss of each round."""
    rng = np.random.default_rng({k})
    weights, losses = rng.normal(0, width**-0.5, (width, labels.shape[1])), []
    for step in range(rounds):
        batch = rng.integers(0, len(features), {m})
        error = features[batch] @ weights - labels[batch]
        weights -= rate * features[batch].T @ error / len(batch)
        losses.append(float((error**2).mean()))  # before the step
        if step % 100 == 0:
            print(f"{{step:6d}} {{losses[-1]:.4f}}")
    return weights, losses
'''),
    ("python", '''def interval_{n}(values: list[float], level: float = 0.9{k}) -> tuple[float, float]:
    """Where the mean lies, by {n} resamples."""
    rng = random.Random({k})
    means = sorted(fmean(rng.choices(values, k=len(values))) for _ in range({n}))
    cut = int((1 - level) / 2 * len(means))
    return means[cut], means[-cut - 1]
'''),
    ("bash", '''set -euo pipefail
# all seeds of figure {k}
for seed in $(seq 1 {k}); do
  python experiment.py --seed "$seed" --width {m} --out "results/{n}-$seed.csv"
done
awk -F, 'NR > 1 {{ sum += $2; count++ }} END {{ print sum / count }}' results/{n}-*.csv
'''),
    ("c", '''static inline uint32_t rank_{n}(uint64_t hash, unsigned bits)
{{
    /* Position of the first set bit after those that choose a register. */
    uint64_t rest = hash << bits;
    return rest ? (uint32_t)__builtin_clzll(rest) + 1 : 64 - bits + 1;
}}

static const size_t REGISTERS = {m};
static uint8_t table[{m}] = {{0}};
'''),
    ("yaml", '''experiment:
  name: run-{n}
  width: {m}
  seeds: {k}
  optimiser: {{name: sgd, momentum: 0.9, rate: {k}.0e-3}}
  data: [digits, blobs, rings-{n}]
'''),
    ("json", '''{{"run": {n}, "width": {m}, "seeds": {k}, "loss": 0.{n}, "accuracy": 0.{m}, "converged": true}}
'''),
    ("rust", '''/// The estimate of a table of {m} registers.
pub fn estimate_{n}(registers: &[u8]) -> f64 {{
    let sum: f64 = registers.iter().map(|&r| 2f64.powi(-i32::from(r))).sum();
    let m = registers.len() as f64;
    0.7213 / (1.0 + 1.079 / m) * m * m / sum
}}
'''),
)  # fmt: skip
QUALIFIED = 0.35


class Prose:
    """What one entry's chance says; the order of the calls decides the words."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def sentence(self) -> str:
        """A sentence with its full stop, without markup."""
        pick = self.chance.choice
        words = f"the {pick(QUALITIES)} {pick(THINGS)} {pick(DEEDS)} the {pick(THINGS)} {pick(WHERE)}"
        if self.chance.random() < QUALIFIED:
            words += f", and the {pick(QUALITIES)} {pick(THINGS)} {pick(DEEDS)} it"
        if self.chance.random() < QUALIFIED:
            words = f"{pick(OPENINGS)} {words}"
        return f"{words[0].upper()}{words[1:]}."

    def paragraph(self, words: int) -> str:
        """At least so many words, some of them mathematics, code or emphasised."""
        sentences: list[str] = []
        while sum(one.count(" ") + 1 for one in sentences) < words:
            sentences.append(self.sentence())
            turn = self.chance.random()
            if turn < 0.08:
                sentences.append(f"The cost is {self.chance.choice(EXPRESSIONS)} a step.")
            elif turn < 0.14:
                sentences.append(f"`{self.chance.choice(THINGS).replace(' ', '_')}.width` is {self.number()} here.")
            elif turn < 0.19:
                sentences.append(f"**{self.chance.choice(QUALITIES).capitalize()}** is not the word for it.")
        return " ".join(sentences)

    def number(self) -> int:
        """A whole number of up to four digits."""
        return self.chance.randint(2, 4096)

    def code(self) -> str:
        """A fenced block."""
        language, text = self.chance.choice(CODE)
        filled = text.format(
            n=self.chance.randint(100, 999), m=self.chance.randint(16, 999), k=self.chance.randint(1, 9)
        )
        return f"```{language}\n{filled}```"

    def table(self) -> str:
        """A pipe table of four to nine rows."""
        rows = [
            f"| {self.chance.choice(QUALITIES)} {self.chance.choice(THINGS)} | {seed} "
            f"| {self.chance.uniform(0.4, 3.9):.3f} | {self.chance.uniform(40, 99):.1f} % | {self.number():,} |"
            for seed in range(1, self.chance.randint(5, 10))
        ]
        return "\n".join(["| variant | seed | error | accuracy | steps |", "|:--|--:|--:|--:|--:|", *rows])

    def display(self) -> str:
        """A formula on a line of its own."""
        return self.chance.choice(DISPLAYS)

    def items(self, mark: str) -> str:
        """A list of three to six sentences; `mark` is `-` or `1.`."""
        return "\n".join(f"{mark} {self.sentence()}" for _ in range(self.chance.randint(3, 6)))

// The search dialog: one field, narrowing by kind, pillar, verdict and year, results by kind with their ids.
// It answers from Pagefind's index; where there is none, from the list of all entries.
const FILTERS = { kind: "Kind", pillar: "Pillar", verdict: "Status", year: "Year" };
const MOST = 30;
// So many results fill the dialog. Each is a file of its own: the others are fetched once a reader goes on.
const FIRST = 6;
// So many pages are searched sooner than the worker is fetched, which answers while a reader goes on typing.
const FEW = 2000;
const WAIT = 120;

let dialog = null;
let source = null;

export function open(button) {
  if (!dialog) dialog = build(new URL(button.dataset.root, location.href), button.dataset.index);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function build(root, index) {
  const field = element("input", { type: "search", id: "search-words", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const close = element("button", { type: "button", class: "search-close" }, "Close");
  const narrow = element("div", { class: "search-filters" });
  const said = element("p", { class: "search-said", role: "status" });
  const results = element("div", { class: "search-results" });
  const box = element(
    "dialog", { class: "search", "aria-labelledby": "search-name" },
    element("h2", { id: "search-name", class: "visually-hidden" }, "Search"),
    element("div", { class: "search-top" }, element("label", { for: "search-words", class: "visually-hidden" }, "Search for"), field, close),
    narrow, said, results,
  );
  document.body.append(box);
  close.addEventListener("click", () => box.close());
  // A click on the backdrop hits the dialog itself.
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("keydown", (event) => {
    // A search field would take the key for itself and only empty.
    if (event.key === "Escape") { event.preventDefault(); box.close(); }
    steer(event, field, results);
  });

  let turn = 0;
  let timer = 0;
  let latest = null;
  const goOn = async () => {
    const [mine, found] = [turn, latest];
    if (!found || !found.rest) return;
    const fetched = found.rest();
    found.rest = null;
    const rows = await fetched.catch((error) => { console.warn(error); return []; });
    if (mine !== turn) return;
    add(results, root, rows);
    said.textContent = counted(found.length + rows.length, found.more);
  };
  const put = (words, found) => {
    latest = found;
    show(said, results, root, words, found);
    if (box.scrollHeight <= box.clientHeight) goOn();
  };
  box.addEventListener("scroll", goOn);
  results.addEventListener("focusin", goOn);
  const ask = async () => {
    const mine = ++turn;
    const words = field.value.trim();
    const chosen = Object.fromEntries([...narrow.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, one.value]));
    if (!words && !Object.keys(chosen).length) return put(words, null);
    try {
      const found = await (await engine(root, index)).find(words, chosen);
      if (mine === turn) put(words, found);
    } catch (error) {
      console.warn(error);
      if (mine === turn) said.textContent = "Search cannot be reached just now.";
    }
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  narrow.addEventListener("change", ask);
  engine(root, index).then(({ filters }) => {
    for (const [name, label] of Object.entries(FILTERS)) {
      const values = filters[name] || [];
      if (values.length < 2) continue;
      const id = `search-${name}`;
      const options = values.map((value) => element("option", { value }, value));
      narrow.append(element("label", { for: id }, label, element("select", { id, name }, element("option", { value: "" }, "All"), ...options)));
    }
  }).catch((error) => console.warn(error));
  return box;
}

// Arrows walk through the results from the field and back.
function steer(event, field, results) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.tagName === "SELECT") return;
  const links = [field, ...results.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), links.length - 1)].focus();
}

function show(said, results, root, words, found) {
  results.replaceChildren();
  if (!found) { said.textContent = ""; return; }
  if (!found.length) {
    said.textContent = words ? `Nothing found for \u201c${words}\u201d. Fewer or shorter words find more.` : "Nothing fits.";
    return;
  }
  // Those that are not fetched yet may turn out not to hold the words.
  said.textContent = found.coming ? `About ${found.more || found.length + found.coming} results` : counted(found.length, found.more);
  add(results, root, found);
}

function counted(number, all) {
  return number === 1 ? "1 result" : `${number}${all ? " of " + all : ""} results`;
}

// Adds results, each to those of its kind.
function add(results, root, rows) {
  for (const one of rows) {
    let list = [...results.querySelectorAll("section")].find((section) => section.dataset.kind === one.kind)?.lastChild;
    if (!list) {
      list = element("ul", { role: "list" });
      results.append(element("section", { "data-kind": one.kind }, element("h3", {}, one.kind), list));
    }
    const title = element("a", { href: new URL(one.url, root).href });
    marked(title, one.title);
    const line = element("p", { class: "search-title" }, title);
    if (one.sheet) line.prepend(element("span", { class: "search-id" }, one.sheet), " ");
    if (one.mark) line.append(" ", element("span", { class: "search-mark" }, one.mark));
    const excerpt = element("p", { class: "search-excerpt" });
    marked(excerpt, one.excerpt);
    list.append(element("li", {}, line, excerpt));
  }
}

// Text with <mark> around hits, taken apart as text: nothing of it is read as HTML.
function marked(place, text) {
  const decoded = (part) => part.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");
  for (const part of (text || "").split(/(<mark>.*?<\/mark>)/)) {
    const hit = /^<mark>(.*)<\/mark>$/.exec(part);
    place.append(hit ? element("mark", {}, decoded(hit[1])) : decoded(part));
  }
}

function engine(root, index) {
  source = source || both(root, index);
  source.catch(() => { source = null; });
  return source;
}

// The index knows every word, and facts as words of their own. The list knows every fact: it is fetched where there is
// no index, or where a reader narrows and asks no word.
async function both(root, index) {
  const { number, filters } = await json(root, "search-filters.json");
  const whole = index === "pagefind" ? await indexed(root, number <= FEW).catch((error) => { console.warn(error); return null; }) : null;
  let list = null;
  const entries = () => (list = list || listed(root).catch((error) => { list = null; throw error; }));
  if (!whole) await entries();
  return { filters, find: async (words, facts) => (whole && words ? whole(words, facts) : (await entries())(words, facts)) };
}

async function json(root, name) {
  const response = await fetch(new URL(name, root));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

function factWord(name, value) {
  const plain = [...value.toLowerCase()].map((c) => (/[a-z0-9]/.test(c) ? c : c.codePointAt(0).toString(16))).join("");
  return `x${name}${plain}z`;
}

async function indexed(root, few) {
  const read = async (results, words) => {
    const pages = await Promise.all(results.map((one) => one.data()));
    // Where a word is nowhere, Pagefind answers for its first letters; a reader asked for the word.
    const holding = pages.filter(({ meta, content }) => holds(`${meta.title} ${meta.sheet || ""} ${content}`, words));
    return holding.map(({ url, raw_url, meta, excerpt }) => ({
      url: new URL((raw_url || url).replace(/^\//, ""), root).href,
      title: meta.title, excerpt, kind: meta.kind, sheet: meta.sheet, mark: meta.mark,
    }));
  };
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  await pagefind.options({ baseUrl: "/", excerptLength: 24, noWorker: few });
  await pagefind.init();
  return async (words, filters) => {
    const asked = [words, ...Object.entries(filters).map(([name, value]) => factWord(name, value))].join(" ");
    const found = await pagefind.search(asked);
    const wanted = found.results.slice(0, MOST);
    let rows = await read(wanted.slice(0, FIRST), words);
    const others = wanted.slice(FIRST);
    if (!rows.length) rows = await read(others, words);
    else if (others.length) Object.assign(rows, { coming: others.length, rest: () => read(others, words) });
    if (found.results.length > MOST && rows.length) rows.more = found.results.length;
    return rows;
  };
}

// Whether each word, or its stem, begins a word of a text.
function holds(text, words) {
  return words.split(/[^\p{L}\p{N}]+/u).filter(Boolean).every((word) => {
    const stem = word.length > 5 ? word.slice(0, -Math.min(3, word.length - 4)) : word;
    return new RegExp(`(^|[^\\p{L}\\p{N}])${stem}`, "iu").test(text);
  });
}

// Every word must occur in an entry's id, title, result or topics; titles count most.
async function listed(root) {
  const pages = (await json(root, "search-list.json")).pages.map((one) => ({ ...one, verdict: one.mark, text: [one.sheet, one.title, one.result, ...(one.tags || [])].join(" ").toLowerCase() }));
  const escaped = (text) => (text || "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const lit = (text, words) => {
    const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    return pattern ? (text || "").split(new RegExp(`(${pattern})`, "i")).map((part, at) => (at % 2 ? `<mark>${escaped(part)}</mark>` : escaped(part))).join("") : escaped(text);
  };
  return (words, facts) => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = pages.filter((one) => wanted.every((word) => one.text.includes(word)) && Object.entries(facts).every(([name, value]) => one[name] === value));
    const score = (one) => wanted.filter((word) => one.title.toLowerCase().includes(word)).length;
    fitting.sort((a, b) => score(b) - score(a));
    const rows = fitting.slice(0, MOST).map((one) => ({ ...one, title: escaped(one.title), excerpt: lit(one.result, wanted) }));
    if (fitting.length > MOST) rows.more = fitting.length;
    return rows;
  };
}

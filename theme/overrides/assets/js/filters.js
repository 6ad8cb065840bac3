// A whole list answers in place; what was asked stands in the address. Without this, every answer is a page of its own.
(function () {
  const list = document.querySelector("[data-whole]");
  const nav = list && list.querySelector(".choices");
  if (!nav) return;
  const every = [...nav.querySelectorAll("[data-question]")].map((element) => ({
    name: element.dataset.question,
    links: [...element.querySelectorAll("a")],
  }));
  // These lead to the list in other groups, where what was asked is asked again.
  const grouping = ({ name }) => ["group", "published", "venue"].includes(name);
  const questions = every.filter((one) => !grouping(one));
  const groupings = every.filter(grouping).flatMap(({ links }) => links);
  const groups = [...list.querySelectorAll(".group")].map((element) => {
    const rows = [...element.querySelectorAll("[data-status]")];
    return { element, rows, dated: "dated" in element.dataset, fixed: "fixed" in element.dataset, parent: rows[0] && rows[0].parentNode };
  });
  const rows = groups.flatMap((group) => group.rows);
  const said = document.createElement("p");
  said.className = "choices-said";
  said.setAttribute("role", "status");
  nav.append(said);

  const answersOf = () => {
    const given = new URLSearchParams(location.search);
    const known = ({ name, links }) => links.some((link) => link.dataset.answer && link.dataset.answer === given.get(name));
    return Object.fromEntries(questions.filter(known).map(({ name }) => [name, given.get(name)]));
  };
  const fits = (row, answers) =>
    Object.entries(answers).every(([name, value]) => name === "order" || (row.dataset[name] || "").split(" ").includes(value));
  const changed = (answers, name, value) => {
    const next = { ...answers, [name]: value };
    if (!value) delete next[name];
    return next;
  };
  const address = (answers) => {
    const query = new URLSearchParams(answers).toString();
    return location.pathname + (query ? "?" + query : "");
  };
  const ordered = (items, backwards) => (backwards ? [...items].reverse() : items);

  function show(answers) {
    const backwards = answers.order === "oldest";
    for (const { element, rows, parent, fixed } of groups) {
      if (!parent) continue;
      parent.append(...ordered(rows, backwards && !fixed));
      for (const row of rows) row.hidden = !fits(row, answers);
      element.hidden = rows.every((row) => row.hidden);
    }
    const dated = ordered(groups.filter((group) => group.dated), backwards);
    list.querySelector(".groups").append(...groups.map((group) => (group.dated ? dated.shift() : group).element));
    for (const { name, links } of questions) {
      for (const link of links) {
        const value = link.dataset.answer;
        if ((answers[name] || "") === value) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        const count = link.querySelector(".choice-count");
        const next = changed(answers, name, value);
        if (count) count.textContent = rows.filter((row) => fits(row, next)).length;
        link.href = address(next);
      }
    }
    for (const link of groupings) link.search = new URLSearchParams(answers).toString();
    const shown = rows.filter((row) => !row.hidden).length;
    said.textContent = shown === rows.length ? "" : shown ? `${shown} of ${rows.length} shown` : "None fits all of these answers.";
  }

  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-answer]");
    if (!link || groupings.includes(link) || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const answers = changed(answersOf(), link.closest("[data-question]").dataset.question, link.dataset.answer);
    history.pushState(null, "", address(answers));
    show(answers);
  });
  window.addEventListener("popstate", () => show(answersOf()));
  if (Object.keys(answersOf()).length) show(answersOf());
})();

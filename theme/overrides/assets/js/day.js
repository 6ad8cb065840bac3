// The counter was right on the day the page was built; this makes it right today, in the programme's zone.
(function () {
  const counter = document.querySelector(".counter");
  if (!counter) return;
  const { start, days, zone, milestoneDays, pauses, asOf } = counter.dataset;
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const today = parts.format(new Date());
  // A page from the future is a clock that is wrong: leave what was built.
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today) || today <= asOf) return;
  const number = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
  let day = number(today) - number(start) + 1;
  if (day < 1) return;
  for (const [from, to] of JSON.parse(pauses)) {
    const first = Math.max(number(from), number(start));
    const last = Math.min(number(to), number(today));
    if (last >= first) day -= last - first + 1;
  }
  const total = Number(days);
  const over = day > total;
  day = Math.max(0, Math.min(day, total));
  if (!Number.isInteger(day)) return;
  counter.querySelector(".counter-number").textContent = day;
  const milestone = counter.querySelector(".counter-milestone");
  if (milestone) {
    const length = Number(milestoneDays);
    milestone.textContent = "Sub-milestone " + Math.ceil(day / length) + " of " + Math.ceil(total / length);
  }
  const time = counter.querySelector(".counter-as-of time");
  const words = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
  const built = time.textContent;
  time.dateTime = today;
  time.textContent = words.format(new Date(today + "T00:00:00Z"));
  time.after(", entries as of " + built);
  const plate = document.querySelector(".plate svg");
  if (plate) {
    const cells = plate.querySelectorAll("rect[x][y]");
    for (const cell of plate.querySelectorAll(".today")) cell.classList.remove("today");
    if (!over && cells[day - 1]) cells[day - 1].classList.add("today");
  }
})();

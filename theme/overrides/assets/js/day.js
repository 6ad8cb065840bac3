// The counter was right on the day the page was built; this makes it right today, in the programme's zone.
// Whatever is odd leaves the page as it was built: true as of its date.
(function () {
  const counter = document.querySelector(".counter");
  if (!counter) return;
  const { start, days, zone, milestoneDays, pauses, asOf } = counter.dataset;
  const isDate = (iso) => /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const parts = {};
  try {
    const clock = new Intl.DateTimeFormat("en", { timeZone: zone, calendar: "gregory", numberingSystem: "latn", year: "numeric", month: "2-digit", day: "2-digit" });
    for (const part of clock.formatToParts(new Date())) parts[part.type] = part.value;
  } catch (error) {
    return;
  }
  const today = `${parts.year}-${parts.month}-${parts.day}`;
  // A page from the future means a clock that is wrong.
  if (![today, start, asOf].every(isDate) || today <= asOf || today < start) return;

  const number = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
  const counted = (until) => {
    let day = number(until) - number(start) + 1;
    for (const [from, to] of JSON.parse(pauses)) {
      const overlap = Math.min(number(to), number(until)) - Math.max(number(from), number(start)) + 1;
      if (overlap > 0) day -= overlap;
    }
    return day;
  };
  let day;
  try {
    day = counted(today);
  } catch (error) {
    return;
  }
  const total = Number(days);
  const length = Number(milestoneDays);
  const built = counter.querySelector(".counter-number");
  const milestone = counter.querySelector(".counter-milestone");
  const line = counter.querySelector(".counter-line");
  const time = counter.querySelector(".counter-as-of time");
  if (![day, total, length].every(Number.isInteger) || total < 1 || length < 1 || !built || !milestone || !line || !time) return;
  const over = day > total;
  day = Math.min(Math.max(day, 0), total);

  const plate = document.querySelector(".plate svg");
  if (plate) {
    const cells = plate.querySelectorAll(":scope > rect");
    const title = plate.querySelector("title");
    if (title) title.textContent = title.textContent.replace(built.textContent, day);
    for (const cell of plate.querySelectorAll(".today")) cell.classList.remove("today");
    if (!over && day > 0 && cells.length === total) cells[day - 1].classList.add("today");
  }
  built.textContent = day;
  milestone.hidden = day < 1;
  milestone.textContent = `Sub-milestone ${Math.ceil(day / length)} of ${Math.ceil(total / length)}`;
  if (asOf < start) line.hidden = true;
  const words = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
  time.after(`, entries as of ${time.textContent}`);
  time.dateTime = today;
  time.textContent = words.format(new Date(today + "T00:00:00Z")).replace("Sept", "Sep");
})();

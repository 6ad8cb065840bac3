// The 404 page names the entries whose address is closest to the one that was asked for.
(function () {
  const place = document.querySelector(".not-found .closest");
  const root = document.querySelector(".search-open");
  if (!place || !root) return;
  const base = new URL(root.dataset.root, location.href);
  const wanted = decodeURIComponent(location.pathname).replace(/\/(index\.html)?$/, "").split("/").pop().toLowerCase();
  // Pairs of letters that two words share, as a share of all their pairs (Dice 1945).
  const pairs = (word) => new Set([...word].slice(1).map((letter, at) => word[at] + letter));
  const likeness = (a, b) => {
    const [first, second] = [pairs(a), pairs(b)];
    return (2 * [...first].filter((pair) => second.has(pair)).length) / (first.size + second.size || 1);
  };
  const score = (one) => Math.max(likeness(wanted, one.url.replace(/\/$/, "").split("/").pop()), (one.sheet || "").toLowerCase() === wanted ? 1 : 0);
  if (!wanted) return;
  fetch(new URL("search-list.json", base))
    .then((response) => response.json())
    .then(({ pages }) => {
      const close = pages.map((one) => [score(one), one]).filter(([value]) => value > 0.35).sort((a, b) => b[0] - a[0]).slice(0, 3);
      for (const [, one] of close) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = new URL(one.url, base).href;
        link.textContent = [one.sheet, one.title].filter(Boolean).join(" ");
        item.append(link);
        place.querySelector("ul").append(item);
      }
      place.hidden = !close.length;
    })
    .catch((error) => console.warn(error));
})();

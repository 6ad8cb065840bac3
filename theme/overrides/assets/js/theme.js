// The theme switch: auto, light, dark; remembered in this browser alone.
(function () {
  const button = document.querySelector(".theme-switch");
  const value = document.querySelector(".theme-switch-value");
  if (!button || !value) return;
  const order = ["auto", "light", "dark"];
  const root = document.documentElement;
  const metas = [...document.querySelectorAll('meta[name="theme-color"]')].map((meta) => [meta, meta.content]);
  let current = root.dataset.theme || "auto";
  const show = () => {
    value.textContent = current;
    const paper = getComputedStyle(document.body).backgroundColor;
    for (const [meta, colour] of metas) meta.content = current === "auto" ? colour : paper;
  };
  button.addEventListener("click", () => {
    current = order[(order.indexOf(current) + 1) % order.length];
    if (current === "auto") delete root.dataset.theme;
    else root.dataset.theme = current;
    try {
      if (current === "auto") localStorage.removeItem("labfolio-theme");
      else localStorage.setItem("labfolio-theme", current);
    } catch (error) {
      // Without storage the choice holds for this page.
    }
    show();
  });
  show();
  button.hidden = false;
})();

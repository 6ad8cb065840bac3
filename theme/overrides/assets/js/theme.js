// The theme switch: auto, light, dark; remembered in this browser alone.
(function () {
  const button = document.querySelector(".theme-switch");
  if (!button) return;
  const order = ["auto", "light", "dark"];
  const root = document.documentElement;
  let current = root.dataset.theme || "auto";
  const show = () => {
    button.querySelector(".theme-switch-value").textContent = current;
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

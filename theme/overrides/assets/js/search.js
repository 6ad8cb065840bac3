// Search is fetched when it is asked for: by the button, by / or by Ctrl-K.
(function () {
  const button = document.querySelector(".search-open");
  if (!button || !window.HTMLDialogElement) return;
  let opening = null;
  const open = async () => {
    opening = opening || import(new URL(button.dataset.root + button.dataset.script, location.href));
    try {
      (await opening).open(button);
    } catch (error) {
      opening = null;
      console.warn(error);
    }
  };
  const typing = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || !(slash || k)) return;
    event.preventDefault();
    open();
  });
  button.addEventListener("click", open);
  button.hidden = false;
})();

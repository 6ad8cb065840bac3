// A copy button on every code block, and one live region that says that it worked.
(function () {
  if (!navigator.clipboard) return;
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);
  for (const block of document.querySelectorAll(".highlight")) {
    const code = block.querySelector("pre code, pre");
    if (!code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the code");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent.trimEnd() + "\n");
        said.textContent = "Copied.";
        button.textContent = "Copied";
      } catch (error) {
        said.textContent = "Not copied.";
        button.textContent = "Failed";
      }
      setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 2000);
    });
    block.append(button);
  }
})();

// A copy button on every code block, and one live region that says what came of it.
(function () {
  if (!navigator.clipboard) return;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  (document.querySelector("main") || document.body).append(status);
  for (const block of document.querySelectorAll(".highlight")) {
    // Line numbers, where there are any, stand in a block of their own before the code.
    const code = block.querySelector(".code pre") || block.querySelector("pre");
    if (!code || block.parentElement.closest(".highlight")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    let timer = 0;
    const say = (word, sentence) => {
      button.textContent = word;
      status.textContent = sentence;
      clearTimeout(timer);
      timer = setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    };
    button.addEventListener("click", async () => {
      try {
        const text = code.cloneNode(true);
        for (const mark of text.querySelectorAll(".annotation")) mark.remove();
        await navigator.clipboard.writeText(text.textContent.trimEnd() + "\n");
        say("Copied", "The code was copied.");
      } catch (error) {
        say("Failed", "The browser did not allow copying.");
      }
    });
    block.append(button);
  }
})();

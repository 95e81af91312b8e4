// Copies what can be cited: buttons copy what stands above them, "Cite" on a paper's page its entry.
if (navigator.clipboard) {
  const status = document.createElement("p");
  status.className = "said";
  status.setAttribute("role", "status");

  // Words that only scripts need are drawn by the style sheet, from what the control carries.
  const say = (control, words) => {
    const shown = control.querySelector("span") ?? control;
    if (!control.dataset.word) shown.textContent = words;
    else {
      control.dataset.word = words;
      control.setAttribute("aria-label", words);
    }
  };
  const copy = async (text, control) => {
    await navigator.clipboard.writeText(text.trim());
    const before = control.dataset.word ?? control.textContent, done = control.dataset.done;
    if (before === done) return;
    say(control, done);
    status.textContent = done;
    setTimeout(() => { say(control, before); status.textContent = ""; }, 2000);
  };

  for (const button of document.querySelectorAll("button.copy[hidden]")) {
    const cited = button.closest("details, .entry").querySelector("code, .reference");
    button.hidden = false;
    button.addEventListener("click", () => copy(cited.textContent, button));
  }
  for (const link of document.querySelectorAll("a.button[href='#cite'][data-done]")) {
    const entry = document.querySelector("#cite code");
    link.addEventListener("click", event => {
      if (!entry || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      copy(entry.textContent, link);
    });
  }
  document.body.append(status);
}

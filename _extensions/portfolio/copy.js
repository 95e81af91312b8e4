// Shows the copy buttons where copying is possible, and makes them copy the entry above them.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy[hidden]")) {
    const word = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.closest("details").querySelector("code").textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = word; }, 2000);
    });
  }
}

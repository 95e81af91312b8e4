{
  const later = [...document.querySelectorAll(".text > p, .text pre")];
  const wide = [...document.querySelectorAll("main :is(pre, div.sourceCode, math[display='block'], table)")];

  // Code, formulas and tables take the keyboard's focus where they scroll, and only there.
  // All are measured before any is changed, or each would be laid out anew for the next.
  const judge = boxes => {
    const scrolls = boxes.map(box => box.scrollWidth > box.clientWidth + 1);
    boxes.forEach((box, i) => scrolls[i] ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex"));
  };
  const watch = new ResizeObserver(entries => judge(entries.map(({ target }) => target)));
  for (const box of wide) watch.observe(box);
  // A font that comes late makes a formula wider, and not its box.
  document.fonts.addEventListener("loadingdone", () => { if (!later.length) judge(wide); });

  // What the style sheet has put off is laid out from the top, ten milliseconds at a time. Who comes
  // to a place within the page, goes to one, or returns, wants all heights to be right at once.
  const lay = block => { block.style.contentVisibility = "visible"; };
  const layAll = () => later.splice(0).forEach(lay);
  const layNext = () => {
    for (const until = performance.now() + 10; later.length && performance.now() < until;) {
      const block = later.shift();
      lay(block);
      block.offsetHeight; // lays it out
    }
    if (later.length) setTimeout(layNext, 16);
    else requestAnimationFrame(() => judge(wide));
  };
  const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash;
  if (isFresh) addEventListener("load", () => setTimeout(layNext));
  else layAll();
  addEventListener("click", layAll, { capture: true, once: true });
}

// Lets code, formulas and tables take the keyboard's focus where they scroll, and only there.
{
  const wide = [...document.querySelectorAll("main :is(pre, div.sourceCode, math[display='block'], table)")];
  const judge = box => {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  };
  const watch = new ResizeObserver(entries => entries.forEach(({ target }) => judge(target)));
  for (const box of wide) watch.observe(box);
  // A font that comes late makes a formula wider, and not its box.
  document.fonts.addEventListener("loadingdone", () => wide.forEach(judge));
}

// Lets outputs, formulas and tables take the keyboard's focus where they scroll, and only there.
{
  const watch = new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll("main :is(.cell-output pre, math[display='block'], table)")) watch.observe(wide);
}

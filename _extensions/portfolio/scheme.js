// The reader's choice of light or dark: set before anything is painted, kept, and changed by the
// button in the header. Without a choice the page follows the reader's system.
{
  const KEY = "scheme", AUTOMATIC = "automatic", SCHEMES = [AUTOMATIC, "light", "dark"];
  const root = document.documentElement;

  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const keep = scheme => {
    try { localStorage.setItem(KEY, scheme); } catch { /* it lasts as long as the page */ }
  };
  const known = scheme => SCHEMES.includes(scheme) ? scheme : AUTOMATIC;
  let scheme = known(kept());

  // Pictures for the dark name a condition of their own, which knows nothing of the choice.
  const choose = source => {
    source.dataset.media ??= source.media;
    const asked = source.dataset.media;
    source.media = scheme === AUTOMATIC ? asked : asked.includes(scheme) ? "all" : "not all";
  };
  const chooseAll = () => document.querySelectorAll("source[media*='color-scheme'], source[data-media]").forEach(choose);
  const show = () => {
    if (scheme === AUTOMATIC) delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    const button = document.querySelector("button.scheme");
    if (button) button.setAttribute("aria-label", `${button.dataset.label}: ${button.dataset[scheme]}`);
  };

  root.dataset.scripts = "";
  show();
  const watch = new MutationObserver(chooseAll);
  if (scheme !== AUTOMATIC) watch.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => {
    watch.disconnect();
    show();
    document.querySelector("button.scheme")?.addEventListener("click", () => {
      scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
      keep(scheme);
      show();
      chooseAll();
    });
  });
  addEventListener("storage", event => {
    if (event.key !== KEY) return;
    scheme = known(event.newValue);
    show();
    chooseAll();
  });
}

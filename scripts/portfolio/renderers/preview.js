// What a preview adds to each page: it shows what a save changed, and what a save broke.
const overlay = () => document.getElementById("preview-fault");

function show(said) {
  const box = overlay() ?? document.body.appendChild(document.createElement("pre"));
  box.id = "preview-fault";
  box.tabIndex = 0;
  box.setAttribute("role", "alert");
  box.textContent = `${said}\n\nThis page is the last good one. Esc hides the message.`;
  Object.assign(box.style, {
    position: "fixed", inset: "auto 0 0 0", zIndex: 2147483647, margin: 0, padding: "1em",
    maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap", overflowWrap: "anywhere",
    background: "#5c1a1a", color: "#fff", font: "1rem/1.5 ui-monospace, monospace",
    borderTop: "3px solid #ffb3a7",
  });
}

// The old sheet goes when the new one is there, so that the page is never seen without.
function restyle(count) {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    const sheet = old.cloneNode();
    sheet.href = `${old.href.split("?")[0]}?${count}`;
    sheet.onload = () => old.remove();
    old.after(sheet);
  }
}

// Browsers keep the place as well, but lose it where a page grows while it loads.
const PLACE = `preview-place ${location.pathname}`;

function reload() {
  sessionStorage.setItem(PLACE, JSON.stringify([scrollX, scrollY]));
  location.reload();
}

function goBack() {
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place) scrollTo({ left: JSON.parse(place)[0], top: JSON.parse(place)[1], behavior: "instant" });
}

if (document.readyState === "complete") goBack();
else addEventListener("load", goBack);

let seen;
new EventSource("/-/events").onmessage = ({ data }) => {
  const state = JSON.parse(data);
  seen ??= state;
  if (state.fault) show(state.fault);
  else overlay()?.remove();
  if (state.run !== seen.run || state.pages !== seen.pages) reload();
  else if (state.styles !== seen.styles) restyle(state.styles);
  seen = state;
};
addEventListener("keydown", ({ key }) => { if (key === "Escape") overlay()?.remove(); });

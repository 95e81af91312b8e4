// Lets a paper's clip play in place of its picture while a reader points to the paper, or is on its
// links. Nothing is loaded before, and nothing plays where less motion is wished for.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function begin(picture) {
  const address = picture.src.slice(0, -picture.dataset.ending.length) + picture.dataset.clip;
  const isVideo = picture.dataset.clip !== ".gif";
  const clip = document.createElement(isVideo ? "video" : "img");
  const box = picture.closest("picture") ?? picture;
  if (isVideo) Object.assign(clip, { muted: true, loop: true, playsInline: true, autoplay: true });
  Object.assign(clip, { className: "thumb clip", width: picture.width, height: picture.height });
  clip.ariaHidden = "true";
  if (!isVideo) clip.alt = "";
  clip.addEventListener(isVideo ? "playing" : "load", () => { box.hidden = true; clip.hidden = false; });
  clip.hidden = true;
  clip.src = address;
  box.after(clip);
  return () => { clip.remove(); clip.removeAttribute("src"); box.hidden = false; };
}

const papers = new Set();
for (const picture of document.querySelectorAll("img[data-clip]")) {
  papers.add(picture.closest("li, figure, article") ?? picture.parentElement);
}
for (const paper of papers) {
  let waiting, end;
  const start = () => {
    const picture = [...paper.querySelectorAll("img[data-clip]")].find((each) => each.offsetParent);
    if (end || calm.matches || !picture) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { end ??= begin(picture); }, 150);
  };
  const stop = () => {
    if (paper.matches(":hover, :focus-within")) return;
    clearTimeout(waiting);
    end?.();
    end = undefined;
  };
  for (const kind of ["pointerenter", "focusin"]) paper.addEventListener(kind, start);
  paper.addEventListener("pointerleave", stop);
  paper.addEventListener("focusout", () => setTimeout(stop));
  paper.addEventListener("keydown", ({ key }) => { if (key === "Escape") { clearTimeout(waiting); end?.(); end = undefined; } });
}

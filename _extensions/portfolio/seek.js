// Knows the papers of all pages of a divided list, from an index that is asked for when it is first
// needed, and shows those that are sought in place of the page's own.
{
  const root = new URL("../", document.currentScript.src);
  const list = document.querySelector(".listing");
  const address = (path) => new URL(path.replace(/^\//, ""), root).href;
  let known;

  const papers = (folded) => known ??= fetched(folded);

  async function fetched(folded) {
    const index = await (await fetch(address("publications/by/index.json"))).json();
    return index.papers.map(([title, to, id, authors, venue, page, topics, held]) => {
      const names = authors.map((number) => index.names[number]);
      const place = index.venues[venue];
      const words = [title, ...names, place, ...topics.map((number) => index.topics[number])];
      return {
        title, names, place, id,
        href: to.includes("://") ? to : address(to || `publications/${id}.html`),
        page: `${address(index.pages[page])}#${id}`,
        text: folded(words.join(" ")),
        facets: held.map((number) => index.facets[number]),
      };
    });
  }

  // Shows what was found, a hundred at a time; null brings the page's own papers back.
  function show(some) {
    list.querySelector(".found")?.remove();
    list.classList.toggle("seeking", Boolean(some));
    if (!some?.length) return;
    const place = made("div", "found");
    const rows = made("ol", "rows");
    const more = made("button", "show", list.dataset.more);
    const add = () => {
      const from = rows.childElementCount;
      rows.append(...some.slice(from, from + 100).map(item));
      more.hidden = rows.childElementCount === some.length;
      return rows.children[from];
    };
    rows.setAttribute("role", "list");
    more.type = "button";
    more.addEventListener("click", () => add().querySelector("a").focus());
    add();
    place.append(rows, more);
    list.querySelector(".none").after(place);
  }

  function item({ title, href, names, place }) {
    const [row, text, heading, venue] = ["li", "div", "h2", "p"].map((name) => made(name));
    const link = made("a", "", title);
    link.href = href;
    row.className = "row lean";
    venue.className = "venue";
    heading.append(link);
    venue.append(made("cite", "", place));
    text.append(heading, made("p", "authors", names.slice(0, 8).join(", ") + (names[8] ? " …" : "")), venue);
    row.append(text);
    return row;
  }

  function made(name, className = "", text = "") {
    return Object.assign(document.createElement(name), { className, textContent: text });
  }

  // A paper moves to another page of the list as years go by: its old address finds it there.
  async function row(folded) {
    const isMeant = ({ id }) => location.hash === new URL(`#${id}`, location).hash;
    if (!location.hash || [...document.querySelectorAll("[id]")].some(isMeant)) return;
    const paper = (await list.seek.papers(folded)).find(isMeant);
    if (paper) location.replace(paper.page);
  }

  if (list) list.seek = { papers, show, row };
}

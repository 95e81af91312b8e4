// Narrows a list of papers down as one types and by its facets. Every state is an address: what is
// sought stands in q, a facet under its group's name. Of a list that is divided into pages, seek.js
// knows the papers of all pages.
{
  const list = document.querySelector(".listing");
  const field = list?.querySelector(".find input");
  if (field) start();

  function start() {
    const all = (selector) => [...list.querySelectorAll(selector)];
    const [status, none, every] = [".count", ".none", ".every"].map((one) => list.querySelector(one));
    const facets = all(".facets a[id]").map((link) => {
      const [, group, name] = /^(\w+?)-(.*)/.exec(link.id);
      return { link, group, name, slot: link.className, text: link.firstChild.data };
    });
    const elsewhere = all(":is(.orders, .leaps, .pages) a:not([href^='#'])")
      .map((link) => [link, ...link.getAttribute("href").split("#")]);
    const { textContent: whole, dataset: { count, of } } = status;
    let state = read();
    let papers;
    let writing;

    function read() {
      const asked = new URLSearchParams(location.search);
      const state = { q: asked.get("q") ?? "" };
      for (const { link, group, name } of facets) {
        const isMeant = !list.seek && location.hash === new URL(`#${link.id}`, location).hash;
        if (isMeant || asked.get(group) === name) state[group] = name;
      }
      return state;
    }

    function query(state) {
      const asked = new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
      return asked && `?${asked}`;
    }

    const address = (state) => location.pathname + query(state);

    function onPage() {
      return all(".row").map((row) => {
        const own = facets.filter(({ slot }) => row.classList.contains(slot));
        const parts = [...row.querySelectorAll("h3, .authors, cite, .note, .summary")];
        const words = [...parts.map((part) => part.textContent), ...own.map(({ text }) => text), row.dataset.k];
        return { row, text: folded(words.join(" ")), facets: own.map(({ link }) => link.id) };
      });
    }

    async function show() {
      const asked = state;
      const words = folded(state.q).split(/\s+/).filter(Boolean);
      const chosen = facets.filter(({ group, name }) => state[group] === name);
      const isWhole = !words.length && !chosen.length;
      for (const facet of facets) {
        const isOn = chosen.includes(facet);
        mark(facet.link, isOn);
        facet.link.href = address({ ...state, [facet.group]: isOn ? "" : facet.name });
      }
      mark(every, !chosen.length);
      if (every) every.href = address({ q: state.q });
      for (const [link, path, mark] of elsewhere) link.href = path + query(state) + (mark ? `#${mark}` : "");
      if (!isWhole || papers) {
        papers ??= list.seek ? await list.seek.papers(folded) : onPage();
        if (asked !== state) return;  // the reader has typed on
        const fitting = new Set(isWhole ? papers : papers.filter((paper) =>
          chosen.every(({ link }) => paper.facets.includes(link.id))
            && words.every((word) => paper.text.includes(word))));
        if (list.seek) list.seek.show(isWhole ? null : [...fitting]);
        else narrow(fitting);
        tell(isWhole ? -1 : papersIn(fitting));
      }
    }

    // By topic a paper has a row below each of its topics.
    function papersIn(fitting) {
      if (list.seek) return fitting.size;
      const titles = [...fitting].map(({ row }) => row.querySelector("h3"));
      return new Set(titles.map((title) => title.querySelector("a")?.href ?? title.textContent)).size;
    }

    function narrow(fitting) {
      for (const paper of papers) paper.row.hidden = !fitting.has(paper);
      for (const group of all(".group")) {
        const count = group.querySelectorAll(".row:not([hidden])").length;
        group.hidden = !count;
        const link = list.querySelector(`.leaps a[href$="#${CSS.escape(group.firstElementChild.id)}"]`);
        if (!link) continue;
        link.parentElement.hidden = !count;
        link.lastElementChild.textContent = written(count);
      }
    }

    const written = (value) => Number(value).toLocaleString(document.documentElement.lang);

    function tell(number) {
      const text = number < 0 ? whole : of.replace("{n}", written(number)).replace("{all}", written(count));
      if (status.textContent !== text) status.textContent = text;
      none.hidden = number !== 0;
    }

    function mark(link, isOn) {
      if (isOn) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }

    function go(next) {
      history.pushState(null, "", address(next));
      turn(next);
    }

    function turn(next) {
      clearTimeout(writing);
      state = next;
      field.value = state.q;
      show();
    }

    field.addEventListener("input", () => {
      state = { ...state, q: field.value.trim() };
      show();
      clearTimeout(writing);  // browsers take only so many addresses a second
      writing = setTimeout(() => history.replaceState(null, "", address(state)), 120);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !field.value) return;
      event.preventDefault();
      field.value = "";
      field.dispatchEvent(new Event("input"));
    });
    list.addEventListener("click", (event) => {
      const link = event.target.closest(".facets a, .none a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const facet = facets.find((one) => one.link === link);
      if (facet) go({ ...state, [facet.group]: state[facet.group] === facet.name ? "" : facet.name });
      else go({ q: link === every ? state.q : "" });
      if (none.contains(link)) field.focus();
    });
    addEventListener("popstate", () => turn(read()));

    list.classList.add("live");
    field.value = state.q;
    show();
    list.seek?.row(folded);
  }

  // Letters without case and accents, so that Muller finds Müller, and Lodz Łódź.
  function folded(text) {
    const alike = { ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss" };
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øłđðıæœþß]/g, (letter) => alike[letter])
      .replace(/[\u2018\u2019\u02bc`]/g, "'").replace(/[\u2010-\u2013\u2212]/g, "-");
  }
}

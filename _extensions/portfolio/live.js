// Figures that run in the page. Their library is loaded from this site once one of them comes near,
// and draws without breaking the content policy: what it says of looks goes through the CSSOM.
{
  const here = document.currentScript.src;
  const at = name => new URL(name, here).href;
  const NEAR = "600px";

  // What a library takes for a <style>, which the policy would refuse.
  class Rules extends HTMLElement {
    sheet = new CSSStyleSheet();
    connectedCallback() {
      this.hidden = true;
      this.home = this.getRootNode();
      if (this.home.adoptedStyleSheets) this.home.adoptedStyleSheets = [...this.home.adoptedStyleSheets, this.sheet];
    }
    disconnectedCallback() {
      if (this.home.adoptedStyleSheets) this.home.adoptedStyleSheets = this.home.adoptedStyleSheets.filter(one => one !== this.sheet);
    }
    get textContent() { return super.textContent; }
    set textContent(text) { super.textContent = text; this.read(); }
    append(...nodes) { super.append(...nodes); this.read(); }
    appendChild(node) { super.appendChild(node); this.read(); return node; }
    read() { if (super.textContent.trim()) this.sheet.replaceSync(super.textContent); }
  }
  const comply = () => {
    if (customElements.get("live-rules")) return;
    customElements.define("live-rules", Rules);
    const create = Document.prototype.createElement;
    Document.prototype.createElement = function (name, ...more) {
      return create.call(this, /^style$/i.test(name) ? "live-rules" : name, ...more);
    };
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value) {
      if (name === "style" && this.style) this.style.cssText = value;
      else set.call(this, name, value);
    };
  };

  const loaded = {};
  const load = name => loaded[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: at(`live/${name}.js`), onload: done, onerror: failed });
    document.head.append(script);
  });
  const DRAW = {
    plotly: async (box, { data, layout, config, frames }) => {
      await Plotly.newPlot(box, data, layout, { responsive: true, displaylogo: false, ...config });
      if (frames) await Plotly.addFrames(box, frames);
    },
    altair: (box, spec) => vegaEmbed(box, spec, { ast: true, actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } }),
    bokeh: (box, { doc, root_id, version }) => Bokeh.embed.embed_item({ target_id: box.id, root_id, doc, version }),
  };

  const draw = async (figure, number) => {
    const before = [...figure.childNodes];
    const box = document.createElement("div");
    box.id = `live-${number}`;
    try {
      const [said] = await Promise.all([
        fetch(at(`../live/${figure.dataset.spec}`)).then(answer => answer.json()),
        figure.dataset.needs.split(" ").reduce((ready, name) => ready.then(() => load(name)), Promise.resolve(comply())),
      ]);
      figure.style.minHeight = `${figure.offsetHeight}px`;
      figure.replaceChildren(box);
      figure.dataset.drawn = "";
      await DRAW[figure.dataset.library](box, said);
      new ResizeObserver(() => {
        if (figure.scrollWidth > figure.clientWidth + 1) figure.tabIndex = 0;
        else figure.removeAttribute("tabindex");
      }).observe(box);
    } catch (error) {
      delete figure.dataset.drawn;
      figure.replaceChildren(...before);
      console.warn(error);
    }
  };

  addEventListener("DOMContentLoaded", () => {
    const figures = [...document.querySelectorAll(".stage[data-spec]")];
    if (navigator.connection?.saveData) return;
    const near = new IntersectionObserver(entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target, figures.indexOf(target));
      }
    }, { rootMargin: NEAR });
    for (const figure of figures) near.observe(figure);
  });
}

// The rules for the rendered pages. Each rule that is loosened says why.

export default {
  root: true,
  extends: [
    "html-validate:recommended",
    "html-validate:document",
    "html-validate:a11y",
  ],
  rules: {
    // `defer=""` is as valid as `defer`, and is how Quarto writes it.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // Titles of pages are titles of papers, which their authors chose.
    "long-title": "off",
    // Safari takes a list without markers for none; the role says that it is one.
    "no-redundant-role": "off",
    // A hash guards against other hosts; the site's own files come from where the page does.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};

// The search page: the best results first, a few at a time. A word that stands on every page of a large report would
// else have the browser fetch every page for its excerpt.
(() => {
  "use strict";
  const { more: label } = document.currentScript.dataset;
  // From a folder on a disk a browser reads no other page, so the search shows titles without excerpts.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  if (typeof Search._performSearch !== "function") return;

  const STEP = 20;
  Search.query = (query) => {
    const [text, terms, excluded, highlighted, objects] = Search._parseQuery(query);
    // The best come last, and are taken from the end.
    const results = Search._performSearch(text, terms, excluded, highlighted, objects);
    const total = results.length;
    const more = Object.assign(document.createElement("button"), { type: "button", className: "btn zb-more", textContent: label });
    const show = () => {
      _displayNextItem(results.splice(-STEP), total, terms, highlighted);
      more.hidden = results.length === 0;
    };
    more.addEventListener("click", show);
    Search.output.after(more);
    show();
  };
})();

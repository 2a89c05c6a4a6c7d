// A link to a row in a folded part unfolds it: some browsers do so by themselves.
(() => {
  "use strict";
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = target?.closest("details:not([open])");
    if (!part) return;
    part.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();

// The sidebar's list of zones and regions, from the data of zonebook-navigation.js, which all pages share.
(() => {
  "use strict";
  // From a folder on a disk a browser reads no other page, so the search shows titles without excerpts.
  if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  const data = window.zonebookNavigation;
  const box = document.querySelector(".zb-districts");
  if (!box || !Array.isArray(data)) return;

  const { root, page, found, nothing } = box.dataset;
  const list = box.querySelector(".zb-district-list");
  const filter = box.querySelector(".zb-filter");
  const status = box.querySelector(".zb-found");
  // What a reader types and what is written differ in case and in the letter ё.
  const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");

  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const makeEntry = ([target, title]) => {
    const link = make("a", { href: `${root}${target}.html`, textContent: title });
    if (target === page) link.setAttribute("aria-current", "page");
    return make("li", {}, link);
  };

  const makeGroup = (label, pages) =>
    pages.length ? [make("p", { className: "zb-group", textContent: label }), make("ul", {}, ...pages.map(makeEntry))] : [];

  const fill = (details, district, isWanted = () => true) => {
    const groups = [
      ...makeGroup(box.dataset.zones, district.zones.filter(isWanted)),
      ...makeGroup(box.dataset.regions, district.regions.filter(isWanted)),
    ];
    details.replaceChildren(details.firstElementChild, ...groups);
  };

  const holds = (district, target) =>
    district.target === target || [...district.zones, ...district.regions].some(([one]) => one === target);

  // A district's list is written when it is opened: a page of a book of thousands stays light.
  const makeDistrict = (district) => {
    const count = make("span", { className: "zb-count", textContent: district.zones.length || "" });
    const details = make("details", {}, make("summary", {}, district.title, " ", count));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) fill(details, district);
    });
    if (holds(district, page)) {
      fill(details, district);
      details.open = true;
    }
    return make("li", {}, details);
  };

  const showAll = () => {
    list.replaceChildren(...data.map(makeDistrict));
    status.textContent = "";
  };

  const showFound = (words) => {
    let total = 0;
    const matched = [];
    for (const district of data) {
      const isWanted = ([, title]) => words.every((word) => plain(title).includes(word));
      const count = district.zones.filter(isWanted).length + district.regions.filter(isWanted).length;
      if (!count) continue;
      total += count;
      const details = make("details", { open: true }, make("summary", { textContent: district.title }));
      fill(details, district, isWanted);
      matched.push(make("li", {}, details));
    }
    list.replaceChildren(...matched);
    status.textContent = total ? found.replace("{n}", total) : nothing;
  };

  filter.hidden = false;
  filter.addEventListener("input", () => {
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    if (words.length) showFound(words);
    else showAll();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && filter.value) {
      event.preventDefault();
      filter.value = "";
      showAll();
    }
  });
  showAll();
  box.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
})();

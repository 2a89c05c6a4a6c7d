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

  // A district's list is written when it is opened: a page of a book of thousands stays light.
  const makeDistrict = ({ title, target, zones, regions }, count, isOpen) => {
    const badge = make("span", { className: "zb-count", textContent: count || "" });
    const details = make("details", {}, make("summary", {}, title, " ", badge));
    const fill = () => {
      if (details.children.length > 1) return;
      if (target) details.append(make("ul", {}, makeEntry([target, box.dataset.overview])));
      details.append(...makeGroup(box.dataset.zones, zones), ...makeGroup(box.dataset.regions, regions));
    };
    details.addEventListener("toggle", () => details.open && fill());
    if (isOpen) {
      fill();
      details.open = true;
    }
    return make("li", {}, details);
  };

  const holds = (district) =>
    district.target === page || [...district.zones, ...district.regions].some(([target]) => target === page);

  const showAll = () => {
    list.replaceChildren(...data.map((district) => makeDistrict(district, district.zones.length, holds(district))));
    status.textContent = "";
  };

  // Where much is found, only as many districts are open as make a list one would read.
  const MOST = 200;
  const showFound = (words) => {
    let total = 0;
    const isWanted = ([, title]) => words.every((word) => plain(title).includes(word));
    const matched = [];
    for (const district of data) {
      const [zones, regions] = [district.zones.filter(isWanted), district.regions.filter(isWanted)];
      const count = zones.length + regions.length;
      if (!count) continue;
      total += count;
      matched.push(makeDistrict({ title: district.title, zones, regions }, count, total <= MOST || total === count));
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
  const showCurrent = () => box.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  showAll();
  showCurrent();
  document.fonts?.ready.then(showCurrent); // the letters that come late may take more lines
})();

// Tables that a reader may filter and sort. Each is a plain table, whole without this script: it needs no server
// and no library. Words come with the table, in the page's language.
(() => {
  "use strict";
  const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  // A cell is sorted by the value of its <data>, else by its words; a cell without a value stays last.
  const readValue = (row, column) => {
    const cell = row.cells[column];
    const data = cell.querySelector("data");
    if (data) return Number(data.value);
    return cell.matches(".zb-number") ? null : plain(cell.textContent.trim());
  };

  const compare = (one, other) => (typeof one === "string" ? one.localeCompare(other) : one - other);

  const sortRows = (body, rows, column, direction) => {
    const keyed = rows.map((row, place) => ({ row, place, value: readValue(row, column) }));
    keyed.sort((a, b) => {
      if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.place - b.place;
      return direction * compare(a.value, b.value) || a.place - b.place;
    });
    body.append(...keyed.map(({ row }) => row));
  };

  const addSorting = (table, body, rows, status) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", className: "zb-sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isNumber = head.matches(".zb-number");
        const before = head.getAttribute("aria-sort");
        const next = before ? (before === "descending" ? "ascending" : "descending") : isNumber ? "descending" : "ascending";
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", next);
        sortRows(body, rows, column, next === "ascending" ? 1 : -1);
        const pattern = next === "ascending" ? table.dataset.rising : table.dataset.falling;
        status.textContent = pattern.replace("{column}", button.textContent.trim());
      });
    });
  };

  const addFilter = (table, rows, status) => {
    const input = make("input", { type: "search", className: "zb-filter", autocomplete: "off" });
    const label = make("label", { className: "zb-filter-label" }, table.dataset.filter, " ", input);
    const apply = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const isWanted = words.every((word) => plain(row.textContent).includes(word));
        row.hidden = !isWanted;
        shown += isWanted;
      }
      status.textContent = table.dataset.found.replace("{n}", shown).replace("{total}", rows.length);
    };
    input.addEventListener("input", apply);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault();
      input.value = "";
      apply();
    });
    return label;
  };

  for (const table of document.querySelectorAll("table.zb-tool")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const status = make("span", { className: "zb-found", role: "status" });
    const bar = make("div", { className: "zb-tool-bar" }, addFilter(table, rows, status), status);
    table.closest(".zb-table-frame").before(bar);
    if (table.dataset.falling) addSorting(table, body, rows, status);
  }
})();

(() => {
  "use strict";
  const say = document.getElementById("said");
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const worth = (cell) => {
    if (!cell) return null;
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = cell.textContent.trim();
    return text === "" || text === "n/a" ? null : text;
  };

  const compare = (one, other) => {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other), "en", { numeric: true });
  };

  const sort = (table, header, index) => {
    const down = header.getAttribute("aria-sort") === "ascending";
    const rows = [...table.tBodies[0].rows].map((row) => [worth(row.cells[index]), row]);
    rows.sort(([one], [other]) =>
      one === null || other === null ? compare(one, other) : (down ? -1 : 1) * compare(one, other));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...rows.map(([, row]) => row));
    say.textContent = `Sorted by ${header.textContent}, ${down ? "descending" : "ascending"}`;
  };

  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((header, index) => {
      // Not a <button>: a printer repeats headers on each page, but not the buttons in them.
      const button = make("span", { tabIndex: 0, textContent: header.textContent });
      button.setAttribute("role", "button");
      button.addEventListener("click", () => sort(table, header, index));
      button.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        sort(table, header, index);
      });
      header.replaceChildren(button);
    });
  };

  const makeFilter = (table, number) => {
    const input = make("input", { type: "search", id: `filter-${number}`, autocomplete: "off" });
    const label = make("label", { htmlFor: input.id, textContent: "Show rows with" });
    const count = make("output", { htmlFor: input.id });
    const box = make("div", { className: "filter" });
    box.append(label, input, count);
    table.parentElement.before(box);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const rows = [...table.tBodies[0].rows];
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      count.textContent = words.length ? `${left} of ${rows.length} rows; totals are of all` : "";
    });
  };

  document.querySelectorAll("table").forEach((table, number) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 3 || rows.some((row) => row.className === "strong")) return;
    makeSortable(table);
    if (rows.length > 9) makeFilter(table, number);
  });

  const place = (target) => {
    const cell = target instanceof Element ? target.closest("[data-cell]") : null;
    return cell ? `${cell.dataset.workbook}: ${cell.dataset.cell}` : "";
  };
  const box = make("div", { className: "where", hidden: true });
  document.body.append(box);
  for (const event of ["pointerover", "click", "focusin"]) {
    document.addEventListener(event, ({ target }) => {
      box.textContent = place(target);
      box.hidden = !box.textContent;
    });
  }

  const card = make("div", { className: "card", id: "card", hidden: true });
  card.setAttribute("role", "tooltip");
  document.body.append(card);
  const hide = () => { card.hidden = true; };
  const show = (spot) => {
    const row = document.getElementById(spot.getAttribute("href").slice(1));
    const headers = row.closest("table").tHead.rows[0].cells;
    const figures = make("dl", {});
    [...row.cells].slice(1).forEach((cell, index) => {
      if (!cell.textContent) return;
      const figure = make("dd", { textContent: cell.textContent });
      Object.assign(figure.dataset, cell.dataset);
      figures.append(make("dt", { textContent: headers[index + 1].textContent }), figure);
    });
    card.replaceChildren(make("strong", { textContent: row.cells[0].textContent }), figures);
    card.hidden = false;
    const at = spot.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - card.offsetWidth - 8);
    card.style.left = `${Math.max(8, left) + scrollX}px`;
    card.style.top = `${at.bottom + scrollY + 4}px`;
    spot.setAttribute("aria-describedby", card.id);
  };
  for (const spot of document.querySelectorAll(".spots a")) {
    spot.addEventListener("pointerenter", () => show(spot));
    spot.addEventListener("focus", () => show(spot));
    spot.addEventListener("pointerleave", hide);
    spot.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });

  const open = () => {
    const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const folded = target && target.closest("details");
    if (folded) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
})();

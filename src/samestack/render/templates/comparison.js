"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const openAll = (inside) => inside.querySelectorAll("details").forEach((one) => { one.open = true; });
  addEventListener("beforeprint", () => openAll(document));
  if (!form) return;

  const sections = [...document.querySelectorAll("section.layer")].map((element) => ({
    element,
    layer: element.dataset.layer,
    tables: [...element.querySelectorAll("table.differences")].map((table) => ({
      frame: table.closest("details.rest") ?? table,
      rows: [...table.tBodies[0].rows].map((row) => ({ row, risk: row.dataset.risk, text: row.textContent.toLowerCase() })),
    })),
  }));
  const total = sections.flatMap((one) => one.tables).reduce((sum, table) => sum + table.rows.length, 0);
  const counter = form.querySelector("output");

  const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));

  const apply = () => {
    const risks = chosen("risk");
    const layers = chosen("layer");
    const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, layer, tables } of sections) {
      const isChosen = layers.size === 0 || layers.has(layer);
      let inSection = 0;
      for (const { frame, rows } of tables) {
        let inTable = 0;
        for (const { row, risk, text } of rows) {
          const fits = isChosen && (risks.size === 0 || risks.has(risk)) && words.every((word) => text.includes(word));
          row.hidden = !fits;
          inTable += fits;
        }
        frame.hidden = inTable === 0;
        if (words.length && inTable && frame.matches("details")) frame.open = true;
        inSection += inTable;
      }
      element.hidden = inSection === 0;
      shown += inSection;
    }
    counter.textContent = shown === total ? `${total} rows` : `${shown} of ${total} rows`;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.search.focus();
    }
  });
  apply();
})();

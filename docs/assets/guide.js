// What the theme leaves out: a way to scroll wide tables with the keyboard.
window.addEventListener("load", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
    table.tabIndex = 0;
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", "Tabell");
  }
});

// Filters the list of practices. Without script the whole list is shown and the form stays hidden.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const list = document.getElementById(form.dataset.filter);
  const status = form.querySelector("[role=status]");
  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let shown = 0;
    for (const section of list.querySelectorAll("section")) {
      let inSection = 0;
      for (const card of section.querySelectorAll("li[data-fas]")) {
        card.hidden = !wanted.every(([name, value]) => card.dataset[name].split(" ").includes(value));
        inSection += card.hidden ? 0 : 1;
      }
      section.hidden = inSection === 0;
      shown += inSection;
    }
    status.textContent = shown === 1 ? "1 arbetssätt visas." : `${shown} arbetssätt visas.`;
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = form.elements.namedItem(name);
    if (select) select.value = value;
  }
  form.addEventListener("change", show);
  form.hidden = false;
  show();
});

(() => {
  const box = document.querySelector("#filter");
  const field = box.querySelector("input");
  const said = box.querySelector("output");
  const sections = [...document.querySelectorAll("details[data-rows]")];
  const wasOpen = sections.map((section) => section.open);
  box.hidden = false;
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    sections.forEach((section, number) => {
      let here = 0;
      for (const row of section.querySelectorAll("tbody tr")) {
        const text = row.textContent.toLowerCase() + " " + section.dataset.rows;
        row.hidden = !words.every((word) => text.includes(word));
        here += row.hidden ? 0 : 1;
      }
      section.hidden = words.length > 0 && here === 0;
      section.open = words.length ? here > 0 : wasOpen[number];
      found += here;
    });
    said.textContent = words.length ? `${found} rows` : "";
  };
  field.addEventListener("input", show);
})();

// Airflow shows this page in a frame: follow its colours, and open its pages outside the frame.
(() => {
  const inFrame = window.parent !== window;
  const root = document.documentElement;
  if (inFrame) {
    const outer = window.parent.document.documentElement;
    const follow = () => {
      const named = outer.dataset.theme || outer.className;
      root.dataset.theme = /\bdark\b/.test(named) ? "dark" : "light";
      const grounds = [window.parent.document.body, outer].map(
        (element) => getComputedStyle(element).backgroundColor,
      );
      const ground = grounds.find((colour) => !/, 0\)$/.test(colour));
      if (ground) root.style.setProperty("--page", ground);
    };
    follow();
    new MutationObserver(follow).observe(outer, { attributeFilter: ["class", "data-theme"] });
  }
  document.querySelectorAll("[data-home]").forEach((link) => {
    link.href = location.pathname.replace(/\/tickets\/.*$/, "/");
  });
  document.querySelectorAll("select").forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-airflow]");
    if (!link || !inFrame || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // The frame may not navigate its parent; a link of the parent's own may.
    const outside = window.parent.document.createElement("a");
    outside.href = link.getAttribute("href");
    window.parent.document.body.append(outside);
    outside.click();
    outside.remove();
  });
})();

/* Draws the Vega-Lite specs of a page. Expressions are interpreted, never compiled, so no eval is needed. */
"use strict";
(() => {
  const inEnglish = document.documentElement.lang === "en";
  const numbers = inEnglish ? { decimal: ".", thousands: ",", grouping: [3], currency: ["", " ₫"] } : { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  function look() {
    const soft = token("--soft"), line = token("--line"), ink = token("--ink");
    const face = "Be Vietnam Pro, Noto Sans, sans-serif";
    return {
      background: "transparent", font: face, view: { stroke: null },
      axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: ink, tickColor: line, labelFontSize: 13, titleFontSize: 13, titleFontWeight: 400, labelFont: face, titleFont: face },
      title: { color: ink, subtitleColor: soft, font: face, subtitleFont: face, anchor: "start", fontSize: 15, fontWeight: 600, subtitleFontSize: 13 },
      legend: { labelColor: soft, titleColor: soft, labelFont: face, titleFont: face, labelFontSize: 13 },
      text: { color: ink, font: face, fontSize: 13 }, line: { color: token("--blue") }, point: { color: token("--blue") }, bar: { color: token("--blue") },
    };
  }
  function draw(place) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const own = place.dataset.look === "own" ? {} : { config: look() };
    vegaEmbed(place, spec, {
      ...own, mode: "vega-lite", actions: false, renderer: "svg", ast: true, expr: vegaInterpreter.expressionInterpreter,
      defaultStyle: false, tooltip: { disableDefaultStyle: true, theme: "site" }, formatLocale: numbers,
    }).then(({ view }) => { place.chart = view; place.dataset.drawn = "yes"; })
      .catch((error) => { place.dataset.drawn = "no"; console.error(error); });
  }
  const places = [...document.querySelectorAll("[data-chart]")];
  places.forEach(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => places.forEach(draw));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (!button) return;
    const place = document.getElementById(button.dataset.of);
    place.chart?.toImageURL(button.dataset.save, 2).then((address) => {
      const link = document.createElement("a");
      link.href = address; link.download = `${button.dataset.name}.${button.dataset.save}`; link.click();
    });
  });
})();

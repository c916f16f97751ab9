/* Scenario sliders: growth of the whole = rest + Σ weight × growth, the same sum as sct.planning.accounting.whole. */
"use strict";
(() => {
  const box = document.querySelector("[data-scenario]");
  if (!box) return;
  const sliders = [...box.querySelectorAll("input[type=range]")];
  const whole = box.querySelector("[data-whole]"), verdict = box.querySelector("[data-verdict]");
  const told = (number) => number.toFixed(2).replace(".", ",");
  const rest = Number(box.dataset.rest), goal = box.dataset.goal === undefined ? null : Number(box.dataset.goal);
  function compute() {
    let sum = rest;
    for (const slider of sliders) {
      const growth = Number(slider.value), points = Number(slider.dataset.weight) * growth / 100;
      sum += points;
      box.querySelector(`#o-${slider.id.slice(2)}`).textContent = `${told(growth)}% → ${told(points)}`;
      slider.setAttribute("aria-valuetext", `${told(growth)}%`);
    }
    whole.textContent = `${told(sum)}%`;
    if (goal === null) return;
    const gap = sum - goal;
    verdict.textContent = `${gap < -0.005 ? verdict.dataset.short : verdict.dataset.enough} ${told(Math.abs(gap))} ${verdict.dataset.points}`;
  }
  sliders.forEach((slider) => slider.addEventListener("input", compute));
  box.querySelector("[data-reset]").addEventListener("click", () => { sliders.forEach((slider) => { slider.value = slider.dataset.start; }); compute(); });
  compute();
})();

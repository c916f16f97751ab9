/* Register pages: the time slider goes to the chosen day; a row and its point on the map light up together. */
"use strict";
(() => {
  if (matchMedia("(min-width: 1001px)").matches) document.querySelectorAll("[data-open-wide]").forEach((part) => { part.open = true; });
  const slider = document.querySelector("[data-slider]");
  if (slider) {
    const range = slider.querySelector("input"), told = slider.querySelector("output");
    const { year, month, most } = slider.dataset;
    /* The last day of the month so many steps before this one; the last step is today. */
    const dayOf = (at) => new Date(Date.UTC(Number(year), Number(month) - (Number(most) - at), 0));
    const written = (day) => day.toISOString().slice(0, 10).split("-").reverse().join("-");
    const isToday = () => Number(range.value) === Number(most);
    range.addEventListener("input", () => {
      const text = isToday() ? written(new Date()) : written(dayOf(Number(range.value)));
      told.textContent = text;
      range.setAttribute("aria-valuetext", text);
    });
    range.addEventListener("change", () => {
      const address = new URL(location.href);
      if (isToday()) address.searchParams.delete("ngay");
      else address.searchParams.set("ngay", dayOf(Number(range.value)).toISOString().slice(0, 10));
      address.searchParams.delete("trang");
      location.assign(address);
    });
    slider.addEventListener("submit", (event) => event.preventDefault());
  }
})();

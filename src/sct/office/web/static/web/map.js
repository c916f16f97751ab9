/* The map: points of the office's own server on a base of its own; nothing is asked of anybody else. */
import { Map, NavigationControl, Popup, ScaleControl, setWorkerUrl } from "../vendor/maplibre-gl/maplibre-gl.mjs";

setWorkerUrl(new URL("../vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FACE = ["Be Vietnam Pro SemiBold"];
const place = document.getElementById("map");

function style() {
  return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": token("--wash") } }] };
}

/* Outlines where a department gave them; else the name of each unit at its middle. */
async function addBase(map) {
  const answer = await fetch(place.dataset.base, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const data = await answer.json();
  map.addSource("base", { type: "geojson", data });
  if (data.outlined) {
    map.addLayer({ id: "base-fill", type: "fill", source: "base", paint: { "fill-color": token("--ground") } });
    map.addLayer({ id: "base-line", type: "line", source: "base", paint: { "line-color": token("--edge"), "line-width": 0.8 } });
  }
  map.addLayer({
    id: "base-name", type: "symbol", source: "base",
    layout: { "text-field": ["get", "name"], "text-font": FACE, "text-size": ["interpolate", ["linear"], ["zoom"], 8, 9, 12, 13], "text-padding": 2 },
    paint: { "text-color": token("--soft"), "text-halo-color": token("--wash"), "text-halo-width": 1.2, "text-opacity": 0.85 },
  });
}

function extent(features) {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { geometry } of features) {
    if (geometry.type !== "Point") continue;
    const [x, y] = geometry.coordinates;
    west = Math.min(west, x); east = Math.max(east, x); south = Math.min(south, y); north = Math.max(north, y);
  }
  return west > east ? null : [[west, south], [east, north]];
}

const AROUND = [[105.28, 20.56], [106.03, 21.39]];

function pointLayers(map) {
  map.addSource("entries", {
    type: "geojson", data: { type: "FeatureCollection", features: [] }, cluster: true, clusterRadius: 38, clusterMaxZoom: 13,
    clusterProperties: { sum: ["+", ["get", "n"]] },
  });
  const sum = ["coalesce", ["get", "sum"], ["get", "n"]];
  map.addLayer({
    id: "many", type: "circle", source: "entries", filter: ["any", ["has", "point_count"], ["has", "many"]],
    paint: { "circle-color": token("--blue"), "circle-opacity": 0.9, "circle-stroke-color": token("--ground"), "circle-stroke-width": 2, "circle-radius": ["interpolate", ["linear"], ["log10", sum], 0, 12, 1, 15, 3, 24, 5, 34] },
  });
  map.addLayer({
    id: "many-n", type: "symbol", source: "entries", filter: ["any", ["has", "point_count"], ["has", "many"]],
    layout: { "text-field": ["to-string", sum], "text-font": FACE, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
    paint: { "text-color": token("--on-blue") },
  });
  map.addLayer({
    id: "one", type: "circle", source: "entries", filter: ["all", ["!", ["has", "point_count"]], ["!", ["has", "many"]]],
    paint: {
      "circle-radius": 7, "circle-color": ["case", ["get", "about"], token("--ground"), ["get", "colour"]],
      "circle-stroke-color": ["case", ["get", "about"], ["get", "colour"], token("--ground")], "circle-stroke-width": ["case", ["get", "about"], 3, 1.5],
    },
  });
  map.addLayer({ id: "lit", type: "circle", source: "entries", filter: ["==", ["get", "id"], -1], paint: { "circle-radius": 12, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": token("--ink"), "circle-stroke-width": 3 } });
}

function card(features) {
  const box = document.createElement("div");
  box.className = "map-card";
  const seen = new Set();
  for (const { properties: p } of features) {
    if (seen.has(p.id)) continue;
    seen.add(p.id);
    const link = document.createElement("a");
    link.href = p.href;
    link.textContent = p.name;
    const soft = document.createElement("span");
    soft.className = "soft";
    soft.textContent = [p.state, p.area, p.about ? place.dataset.about : ""].filter(Boolean).join(" · ");
    box.append(link, soft);
    if (seen.size === 12) break;
  }
  return box;
}

/* Many entries share the middle of their area: those of a bunch that cannot be opened further are listed. */
async function open(map, feature) {
  const at = feature.geometry.coordinates;
  if (feature.properties.cluster_id === undefined) {
    map.easeTo({ center: at, zoom: Math.min(map.getZoom() + 2, 16) });
    return;
  }
  const source = map.getSource("entries");
  const zoom = await source.getClusterExpansionZoom(feature.properties.cluster_id);
  if (zoom <= 13) { map.easeTo({ center: at, zoom: zoom + 0.2 }); return; }
  const leaves = await source.getClusterLeaves(feature.properties.cluster_id, 12, 0);
  new Popup({ maxWidth: "320px" }).setLngLat(at).setDOMContent(card(leaves)).addTo(map);
}

function behaviour(map) {
  map.on("click", "many", (event) => open(map, event.features[0]));
  map.on("click", "one", (event) => {
    const features = map.queryRenderedFeatures(event.point, { layers: ["one"] });
    new Popup({ maxWidth: "320px" }).setLngLat(event.features[0].geometry.coordinates).setDOMContent(card(features)).addTo(map);
    light(map, features[0].properties.id);
  });
  for (const layer of ["many", "one"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  for (const row of document.querySelectorAll("tr[data-entry]")) {
    for (const kind of ["mouseenter", "focusin"]) row.addEventListener(kind, () => light(map, Number(row.dataset.entry)));
    for (const kind of ["mouseleave", "focusout"]) row.addEventListener(kind, () => light(map, -1));
  }
}

function light(map, id) {
  if (map.getLayer("lit")) map.setFilter("lit", ["==", ["get", "id"], id]);
  for (const row of document.querySelectorAll("tr[data-entry]")) row.classList.toggle("lit", Number(row.dataset.entry) === id);
}

/* Asks the server for what lies in view; a small register comes whole the first time and is not asked for again. */
async function follow(map) {
  let whole = false, turn = 0;
  const ask = async (first) => {
    if (whole) return;
    const mine = ++turn, view = map.getBounds(), address = new URL(place.dataset.places, location.href);
    if (!first) address.searchParams.set("bbox", [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()].join(","));
    address.searchParams.set("z", first ? "8" : map.getZoom().toFixed(2));
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== turn) return;
    const data = await answer.json();
    if (first) {
      whole = !data.features.some(({ properties }) => properties.many);
      const box = extent(data.features);
      if (box) map.fitBounds(box, { padding: 48, maxZoom: 13, duration: 0 });
    }
    map.getSource("entries").setData(data);
  };
  await ask(true);
  map.on("moveend", () => ask(false));
}

/* The list follows the part of the map in view. */
class Narrow {
  onAdd(map) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = place.dataset.narrow;
    button.addEventListener("click", () => {
      const view = map.getBounds(), address = new URL(location.href);
      address.searchParams.set("khung", [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()].map((n) => n.toFixed(4)).join(","));
      address.searchParams.delete("trang");
      location.assign(address);
    });
    this.box = document.createElement("div");
    this.box.className = "maplibregl-ctrl maplibregl-ctrl-group narrow";
    this.box.append(button);
    return this.box;
  }
  onRemove() { this.box.remove(); }
}

function single(map) {
  const { lat, lon, colour, approximate } = place.dataset, hollow = approximate !== undefined;
  const point = { type: "Feature", geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] }, properties: {} };
  map.addSource("entry", { type: "geojson", data: point });
  map.addLayer({ id: "entry", type: "circle", source: "entry", paint: { "circle-radius": 9, "circle-color": hollow ? token("--ground") : colour, "circle-stroke-color": hollow ? colour : token("--ground"), "circle-stroke-width": hollow ? 4 : 2 } });
}

/* A form's map: a click writes the place into the fields. */
function picking(map) {
  const lat = document.querySelector("[name=lat]"), lon = document.querySelector("[name=lon]");
  const number = (field) => Number(field.value.replace(",", "."));
  const show = () => {
    const there = lat.value !== "" && lon.value !== "" && !Number.isNaN(number(lat)) && !Number.isNaN(number(lon));
    map.getSource("entry").setData({ type: "FeatureCollection", features: there ? [{ type: "Feature", geometry: { type: "Point", coordinates: [number(lon), number(lat)] }, properties: {} }] : [] });
  };
  map.addSource("entry", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "entry", type: "circle", source: "entry", paint: { "circle-radius": 9, "circle-color": token("--blue"), "circle-stroke-color": token("--ground"), "circle-stroke-width": 2 } });
  map.on("click", (event) => {
    lat.value = event.lngLat.lat.toFixed(5).replace(".", ",");
    lon.value = event.lngLat.lng.toFixed(5).replace(".", ",");
    show();
  });
  lat.addEventListener("change", show);
  lon.addEventListener("change", show);
  show();
}

function draw() {
  const one = place.dataset.lat !== undefined, start = one ? { center: [Number(place.dataset.lon), Number(place.dataset.lat)], zoom: 10.5 } : { bounds: AROUND };
  const map = new Map({ container: place, style: style(), ...start, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 17, minZoom: 6, canvasContextAttributes: { preserveDrawingBuffer: true }, cooperativeGestures: matchMedia("(max-width: 860px)").matches });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
  map.on("load", async () => {
    await addBase(map).catch(() => undefined);
    if (place.dataset.pick !== undefined) picking(map);
    else if (one) single(map);
    else {
      map.addControl(new Narrow(), "top-left");
      pointLayers(map);
      behaviour(map);
      await follow(map);
    }
    map.once("idle", () => { place.dataset.drawn = "yes"; });
  });
}

if (place) {
  try { draw(); } catch (error) { place.dataset.drawn = "no"; place.classList.add("no-map"); console.warn(error.message); }
}

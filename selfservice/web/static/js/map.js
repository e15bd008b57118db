// The map on a place question: one more way to say where, never the only one. Its words are in data-words. It draws itself from the council's own
// outline, landmarks, postcodes and National Grid lines, so it needs no tiles and nobody else's server. Whatever fails,
// it takes itself away and the text field stays. Leaflet is loaded before this file, as the global L.

const EXACT_ZOOM = 16; // from here a finger's breadth is a few metres
const LABEL_ZOOM = 15; // from here postcodes carry their names
const NEAR_METRES = 600;
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const PIN = '<svg viewBox="0 0 36 48" width="36" height="48" aria-hidden="true" focusable="false">' +
  '<path class="map-pin__body" d="M18 1.5C8.9 1.5 1.5 8.7 1.5 17.7 1.5 29.5 18 46.5 18 46.5S34.5 29.5 34.5 17.7' +
  'C34.5 8.7 27.1 1.5 18 1.5Z"/><circle class="map-pin__eye" cx="18" cy="17.5" r="6.5"/></svg>';

for (const holder of document.querySelectorAll("[data-map]")) {
  mount(holder).catch(() => holder.remove());
}

async function mount(holder) {
  const target = holder.dataset.target;
  const fields = {
    text: document.getElementById(target),
    latitude: document.getElementById(`${target}-latitude`),
    longitude: document.getElementById(`${target}-longitude`),
  };
  const words = JSON.parse(holder.dataset.words);
  if (!window.L || !fields.latitude || !fields.longitude) {
    throw new Error("there is nothing to draw the map with, or no place to put its answer");
  }
  const told = await fetched(holder.dataset.mapUrl);
  const parts = furnish(holder, told, words);
  holder.hidden = false;
  const map = draw(parts.view, told, words);
  const landmarks = placeLandmarks(map, told.landmarks);
  const background = followView(map, holder.dataset.pointsUrl);
  const pin = pinOn(map, fields, parts, background, words);

  map.on("zoomend moveend", () => thin(map, landmarks));
  thin(map, landmarks);
  await background.refresh();
  connect(map, pin, parts, fields, words);
  pin.restore();
}

async function fetched(url) {
  const response = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(10000) });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.json();
}

// What is around the map: words, buttons, and the line in which everything that happens is said.

function furnish(holder, told, words) {
  const heading = element("p", "govuk-label govuk-label--s", words.heading);
  const hint = element("p", "govuk-hint", words.hint);
  const frame = element("div", "map-window");
  const view = element("div", "map-view");
  view.setAttribute("role", "application");
  view.setAttribute("aria-label",
    words.view);
  view.dir = "ltr"; // a map has west on the left in every language
  const cross = element("div", "map-cross");
  cross.setAttribute("aria-hidden", "true");
  frame.append(view, cross);
  const status = element("p", "govuk-body map-status");
  status.setAttribute("role", "status");
  const buttons = element("div", "map-buttons");
  const middle = button(words.middle);
  const here = button(words.here);
  const off = button(words.off);
  off.hidden = true;
  here.hidden = !("geolocation" in navigator && window.isSecureContext);
  buttons.append(middle, here, off);
  const about = element("p", "map-about", told.tiles ? told.tiles.attribution
    : [words.drawn, told.approximate ? words.approximate : "", words.rights].filter(Boolean).join(" "));
  holder.append(heading, hint, frame, status, buttons, about);
  return { view, status, middle, here, off };
}

// A sentence with its names, such as {near}, replaced by their values.
function filled(sentence, values) {
  return sentence.replace(/\{([a-z]+)\}/g, (whole, name) => values[name] ?? whole);
}

function element(name, classes, words = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = words;
  return made;
}

function button(words) {
  const made = element("button", "govuk-button govuk-button--secondary", words);
  made.type = "button";
  return made;
}

// The map itself.

function draw(view, told, words) {
  const map = L.map(view, {
    attributionControl: false,
    zoomControl: false,
    fadeAnimation: !STILL,
    inertia: !STILL,
    markerZoomAnimation: !STILL,
    maxZoom: 19,
    minZoom: 8,
    scrollWheelZoom: false,
    zoomAnimation: !STILL,
    zoomSnap: 0.5,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: true, metric: true }).addTo(map);
  // The wheel scrolls the page until somebody shows that they mean the map.
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (told.tiles) {
    L.tileLayer(told.tiles.url, { maxZoom: told.tiles.max_zoom ?? 19 }).addTo(map);
  }
  for (const other of told.others) {
    outline(other.outline, "map-other").addTo(map);
  }
  const own = outline(told.outline, "map-own").addTo(map);
  if (own.getLayers().length) {
    map.fitBounds(own.getBounds(), { animate: false, padding: [10, 10] });
  } else {
    map.setView(told.centre, 12, { animate: false });
  }
  return map;
}

function outline(rings, classes) {
  return L.featureGroup(rings.map((ring) => L.polygon(ring, { className: classes, interactive: false, smoothFactor: 0.7 })));
}

function placeLandmarks(map, landmarks) {
  return landmarks.map(([name, latitude, longitude]) => label(map, [latitude, longitude], name, "map-landmark"));
}

function label(map, at, words, classes) {
  const span = element("span", "map-label__words", words);
  const icon = L.divIcon({ className: `map-label ${classes}`, html: span, iconSize: [0, 0] });
  const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
  marker.getElement().setAttribute("aria-hidden", "true");
  return marker;
}

// Names that would lie over one another are left out, later ones first, until there is room.
function thin(map, labels) {
  const taken = [];
  for (const marker of labels) {
    const box = marker.getElement();
    box.classList.remove("map-label--crowded");
    const words = box.firstElementChild;
    const at = map.latLngToContainerPoint(marker.getLatLng());
    const area = { left: at.x - 6, right: at.x + words.offsetWidth + 12, top: at.y - 12, bottom: at.y + 12 };
    const crowded = taken.some((other) => area.left < other.right && other.left < area.right &&
      area.top < other.bottom && other.top < area.bottom);
    if (crowded) {
      box.classList.add("map-label--crowded");
    } else {
      taken.push(area);
    }
  }
}

// Postcodes and grid lines of what is in view, fetched whenever it has moved.

function followView(map, url) {
  const drawn = L.layerGroup().addTo(map);
  let postcodes = [];
  let asked = 0;

  async function refresh() {
    const mine = ++asked;
    const bounds = map.getBounds().pad(0.05);
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
      .map((degrees) => degrees.toFixed(5));
    const told = await fetched(`${url}?${new URLSearchParams({ west, south, east, north })}`);
    if (mine !== asked) {
      return; // the map has moved on meanwhile
    }
    postcodes = told.postcodes;
    drawn.clearLayers();
    for (const [counts, number, from, to] of told.lines) {
      L.polyline([from, to], { className: "map-line", interactive: false }).addTo(drawn);
      gridNumber(map, counts, number, from).addTo(drawn);
    }
    const close = map.getZoom() >= LABEL_ZOOM;
    const names = [];
    for (const [postcode, latitude, longitude] of postcodes) {
      L.circleMarker([latitude, longitude], { className: "map-dot", interactive: false, radius: close ? 4 : 2 }).addTo(drawn);
      if (close) {
        names.push(label(drawn, [latitude, longitude], postcode, "map-postcode"));
      }
    }
    thin(map, names);
  }

  map.on("moveend", () => refresh().catch(() => {})); // a view that cannot be fetched leaves the last one standing

  function nearestTo(at) {
    let [best, metres] = ["", NEAR_METRES];
    for (const [postcode, latitude, longitude] of postcodes) {
      const far = map.distance(at, [latitude, longitude]);
      if (far < metres) {
        [best, metres] = [postcode, far];
      }
    }
    return best;
  }

  return { refresh, nearestTo };
}

function gridNumber(map, counts, number, from) {
  const edge = map.latLngToContainerPoint(from);
  const size = map.getSize();
  const inside = counts === "easting" ? L.point(edge.x, size.y - 8) : L.point(6, edge.y);
  const icon = L.divIcon({ className: `map-number map-number--${counts}`, html: element("span", "", number), iconSize: [0, 0] });
  const marker = L.marker(map.containerPointToLatLng(inside), { icon, interactive: false, keyboard: false });
  marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
  return marker;
}

// The pin, and the two hidden fields that carry it.

function pinOn(map, fields, parts, background, words) {
  let marker = null;

  function say(words) {
    parts.status.textContent = words;
  }

  function keep(at) {
    fields.latitude.value = at.lat.toFixed(6);
    fields.longitude.value = at.lng.toFixed(6);
  }

  function standing(at) {
    if (!marker) {
      const icon = L.divIcon({ className: "map-pin", html: PIN, iconSize: [36, 48], iconAnchor: [18, 47] });
      marker = L.marker(at, { icon, draggable: true, autoPan: true, keyboard: true, title: words.pin }).addTo(map);
      marker.getElement().setAttribute("aria-label", words.pinKeys);
      marker.on("dragend", () => moved("moved"));
      marker.getElement().addEventListener("keydown", nudge);
    }
    marker.setLatLng(at);
    parts.off.hidden = false;
    keep(marker.getLatLng());
  }

  function nudge(event) {
    const steps = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] }[event.key];
    if (!steps) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = map.latLngToContainerPoint(marker.getLatLng()).add(steps);
    marker.setLatLng(map.containerPointToLatLng(at));
    map.panInside(marker.getLatLng(), { animate: !STILL, padding: [40, 60] });
    moved("moved");
  }

  // `what` names a sentence among the words: "put", "moved" or "located"; each has one for a place near a postcode.
  function moved(what, metres = 0) {
    keep(marker.getLatLng());
    const near = background.nearestTo(marker.getLatLng());
    say(filled(near ? words[`${what}Near`] : words[what], { near, metres }));
  }

  function put(at, what = "put", metres = 0) {
    standing(at);
    if (map.getZoom() >= EXACT_ZOOM && map.getBounds().contains(at)) {
      moved(what, metres);
      return;
    }
    map.setView(at, Math.max(map.getZoom(), EXACT_ZOOM), { animate: false });
    background.refresh().catch(() => {}).finally(() => marker && moved(what, metres));
  }

  function remove(why) {
    marker?.remove();
    marker = null;
    fields.latitude.value = "";
    fields.longitude.value = "";
    parts.off.hidden = true;
    say(why);
  }

  function restore() {
    const at = [Number.parseFloat(fields.latitude.value), Number.parseFloat(fields.longitude.value)];
    if (at.every(Number.isFinite)) {
      standing(at);
      map.setView(at, EXACT_ZOOM, { animate: false });
    }
  }

  return { put, remove, restore, say, isOn: () => marker !== null };
}

// What people do.

function connect(map, pin, parts, fields, words) {
  map.on("click", (event) => pin.put(event.latlng));
  parts.view.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === parts.view) {
      event.preventDefault();
      pin.put(map.getCenter());
    }
  });
  parts.middle.addEventListener("click", () => pin.put(map.getCenter()));
  parts.off.addEventListener("click", () => {
    pin.remove(words.removed);
    parts.middle.focus();
  });
  // Whoever types after putting a pin means what is typed.
  fields.text?.addEventListener("input", () => {
    if (pin.isOn()) {
      pin.remove(words.removedByTyping);
    }
  });
  parts.here.addEventListener("click", () => {
    pin.say(words.finding);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const metres = Math.max(5, Math.round(coords.accuracy / 5) * 5);
        pin.put(L.latLng(coords.latitude, coords.longitude), "located", metres);
      },
      (refused) => pin.say({ 1: words.notAllowed, 3: words.tookTooLong }[refused.code] ?? words.notFound),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 15000 },
    );
  });
}

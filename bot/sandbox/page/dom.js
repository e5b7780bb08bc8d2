// Small helpers around the DOM: no framework, no inline styles, no inline handlers.

export const $ = (id) => document.getElementById(id);

const SVG = "http://www.w3.org/2000/svg";

/** Build an element. Properties starting with "on" are listeners, the rest attributes; null children are skipped. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export const spinner = () => h("span", { class: "spinner", "aria-hidden": "true" });

/** Does this device write with a finger? Then Enter is a new line, as in the messengers on phones. */
export const isTouch = () => window.matchMedia("(hover: none) and (pointer: coarse)").matches;

export const isPhone = () => window.matchMedia("(max-width: 760px)").matches;

/** Storage that may be forbidden (private windows, strict settings): then nothing is remembered. */
export const memory = {
  read(key) {
    try {
      return window.localStorage.getItem(`zhuanban.${key}`);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      window.localStorage.setItem(`zhuanban.${key}`, value);
    } catch {
      // Not remembered, nothing else is lost.
    }
  },
};

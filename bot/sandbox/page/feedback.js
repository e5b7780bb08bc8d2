// Short answers at the bottom (toasts), answers that have to be read (dialog), and the menu of a message.
import { $, h } from "./dom.js";

const SHORTEST_MS = 3_000;
const MS_A_CHARACTER = 60;

export function toast(text, kind = "plain") {
  if (!text) return;
  const node = h("div", { class: `toast ${kind}`, "data-testid": "toast" }, text);
  $("toasts").replaceChildren(node);
  setTimeout(() => node.classList.add("leaving"), SHORTEST_MS + text.length * MS_A_CHARACTER);
  node.addEventListener("transitionend", () => node.classList.contains("leaving") && node.remove());
}

export function showAlert(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
  $("alert-close").focus();
}

/** Show what the bot answered to a press; null means that no answer came in time. */
export function showAnswer(answer) {
  if (!answer) toast("助手没有应答这次点按", "warn");
  else if (answer.show_alert && answer.text) showAlert(answer.text);
  else if (answer.text) toast(answer.text);
}

let closeCurrent = () => {};

/** A small menu at a point of the window. items: [label, icon node, action]. */
export function openMenu(x, y, items) {
  closeCurrent();
  const menu = $("menu");
  const before = document.activeElement;
  const close = () => {
    menu.hidden = true;
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", onKey, true);
    closeCurrent = () => {};
  };
  const outside = (event) => menu.contains(event.target) || close();
  const onKey = (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      before?.focus?.();
    } else if (event.key === "ArrowDown") buttons[(at + 1) % buttons.length].focus();
    else if (event.key === "ArrowUp") buttons[(at - 1 + buttons.length) % buttons.length].focus();
    else return;
    event.preventDefault();
  };
  const act = (action) => () => {
    close();
    action();
  };
  menu.replaceChildren(...items.map(([label, sign, action]) =>
    h("button", { type: "button", role: "menuitem", onclick: act(action) }, sign, label)));
  menu.hidden = false;
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, window.innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, window.innerHeight - box.height - 8))}px`;
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", onKey, true);
  closeCurrent = close;
  menu.querySelector("button").focus();
}

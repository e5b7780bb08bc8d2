// Messages to try with one click, and the three steps for a newcomer.
import { $, h, icon, memory } from "./dom.js";
import { setText } from "./composer.js";
import { become, groups, me, messagesOf, on, openChat, state } from "./state.js";

const STEPS = [
  ["sample", "选一条示例"],
  ["sent", "点「发送」"],
  ["pressed", "换个身份领账"],
];
const LAST_WORD = "再把时钟拨到「下一工作日 08:30」，看早上的提醒";

const done = new Set();
let chosen = null;

// -- samples

/** First look: nobody but the bot has written anything yet, so the samples are cards. */
const isFirstLook = () => groups().every(({ id }) => [...messagesOf(id).values()].every((message) => message.from?.is_bot || message.service));

function speakerOf(sample) {
  const person = state.people.get(sample.as);
  return person ? person.unit || person.name : "";
}

function use(sample, at) {
  if (sample.as !== undefined && sample.as !== null) become(sample.as);
  const target = sample.chat === "private" ? state.me : Number(sample.chat) || groups()[0]?.id;
  if (target) openChat(target);
  setText(sample.text);
  chosen = at;
  mark("sample");
  draw();
  $("send").focus();
}

function card(sample, at) {
  return h("button", {
    type: "button", class: `sample ${chosen === at ? "chosen" : chosen === null && at === 0 ? "start" : ""}`, "data-testid": `sample-${at}`,
    title: sample.text, onclick: () => use(sample, at),
  }, h("b", {}, sample.title), h("span", { class: "sample-text" }, sample.text.replace(/\s+/g, " ")), h("span", { class: "sample-by" }, speakerOf(sample)));
}

function draw() {
  const samples = state.world?.samples ?? [];
  const first = isFirstLook();
  const scrolled = $("samples").firstChild?.scrollLeft ?? 0;
  $("samples").className = `samples ${first ? "cards" : "chips"}`;
  $("samples").replaceChildren(h("div", { class: "samples-row" }, samples.map(card)));
  $("samples").firstChild.scrollLeft = scrolled;
  $("samples-toggle").hidden = !samples.length;
}

function setOpen(open) {
  $("samples").hidden = !open;
  $("samples-toggle").setAttribute("aria-expanded", String(open));
}

// -- three steps

function mark(step) {
  if (done.has(step)) return;
  done.add(step);
  drawHint();
}

function step([key, label], at) {
  const finished = done.has(key);
  const current = !finished && STEPS.findIndex(([other]) => !done.has(other)) === at;
  return h("li", { class: finished ? "done" : current ? "current" : "", "aria-current": current ? "step" : null },
    h("span", { class: "step-number" }, finished ? icon("check") : String(at + 1)), label);
}

function drawHint() {
  const all = STEPS.every(([key]) => done.has(key));
  $("hint").hidden = memory.read("hint") === "gone";
  $("hint").classList.toggle("finished", all);
  $("hint-steps").replaceChildren(...(all ? [h("li", { class: "current" }, LAST_WORD)] : STEPS.map(step)));
  $("clock-morning").classList.toggle("inviting", all && !$("hint").hidden);
}

function dismiss() {
  memory.write("hint", "gone");
  drawHint();
}

export function startSamples() {
  $("samples-toggle").addEventListener("click", () => setOpen($("samples").hidden));
  $("hint-close").addEventListener("click", dismiss);
  on("world", () => {
    draw();
    drawHint();
  });
  on("replayed", () => {
    if (!isFirstLook()) ["sample", "sent"].forEach((key) => done.add(key));
    draw();
    drawHint();
  });
  on("sent", () => {
    chosen = null;
    mark("sample");
    mark("sent");
    draw();
  });
  on("message", () => $("samples").classList.contains("cards") && draw());
  on("pressed", () => me()?.role === "department" && mark("pressed"));
  on("clock-moved", () => done.has("pressed") && dismiss());
}

// Messages to try with one click, in the order of a tour.
import { getWorld } from "./api.js";
import { replyTo, setText } from "./composer.js";
import { $, h, icon } from "./dom.js";
import { toast } from "./feedback.js";
import { become, emit, groups, isFirstLook, lastMessage, messagesOf, on, openChat, state } from "./state.js";

const sent = new Set(); // numbers of samples that were sent, or are known from the chat
let chosen = null;

const samples = () => state.world?.samples ?? [];
const groupId = () => groups()[0]?.id;

function speakerOf(sample) {
  const person = state.people.get(sample.as);
  return person ? person.unit || person.name : "";
}

/** The post that the sample answers; null when it answers none, undefined when there is no such post yet. */
function findReplied(sample, chatId) {
  if (!sample.reply_to) return null;
  return lastMessage(chatId, (message) => message.from?.is_bot && message.text?.includes(sample.reply_to)) ?? undefined;
}

export function useSample(at) {
  const sample = samples()[at];
  const target = sample.chat === "private" ? sample.as : Number(sample.chat) || groupId();
  const replied = findReplied(sample, target);
  if (replied === undefined) return toast(`先发前一条示例「${samples()[at - 1]?.title ?? ""}」，再回复助手`);
  if (sample.as !== undefined && sample.as !== null) become(sample.as);
  if (target) openChat(target);
  replyTo(replied);
  setText(sample.text);
  chosen = at;
  emit("sample");
  draw();
  $("send").focus();
}

/** The first sample that was not sent yet: what the tour goes on with. */
const nextOne = () => samples().findIndex((_, at) => !sent.has(at));

function button(sample, at) {
  const next = chosen === null && nextOne() === at;
  const classes = ["sample", chosen === at && "chosen", next && "next", sent.has(at) && "sent"].filter(Boolean).join(" ");
  return h("button", { type: "button", class: classes, "data-testid": `sample-${at}`, title: `${speakerOf(sample)}：${sample.text}`, onclick: () => useSample(at) },
    h("b", {}, sent.has(at) && icon("check"), sample.title),
    h("span", { class: "sample-text" }, sample.text.replace(/\s+/g, " ")), h("span", { class: "sample-by" }, speakerOf(sample)));
}

function draw() {
  const cards = isFirstLook() && chosen === null;
  const scrolled = $("samples").firstChild?.scrollLeft ?? 0;
  $("samples").className = `samples ${cards ? "cards" : "chips"}`;
  $("samples").replaceChildren(h("div", { class: "samples-row" }, samples().map(button)));
  $("samples").firstChild.scrollLeft = scrolled;
  $("samples-toggle").hidden = !samples().length;
}

/** A row of chips is longer than a phone is wide: the next one comes into view by itself. */
function showNext() {
  const row = $("samples").firstChild;
  const next = row?.querySelector(".next");
  if (next) row.scrollTo({ left: next.offsetLeft - row.clientWidth / 3, behavior: "smooth" });
}

function setOpen(open) {
  $("samples").hidden = !open;
  $("samples-toggle").setAttribute("aria-expanded", String(open));
}

const undated = (text = "") => text.replace(/\d{4}-\d\d-\d\d/g, "");

/** After a reload: a sample whose text stands in the chat, on whatever day, was sent. */
function recall() {
  const texts = new Set(groups().flatMap(({ id }) => [...messagesOf(id).values()].map((message) => undated(message.text))));
  samples().forEach((sample, at) => texts.has(undated(sample.text)) && sent.add(at));
}

/** The dates in the samples are the rehearsal's: another day, other texts. */
async function renew() {
  try {
    state.world.samples = (await getWorld()).samples;
    draw();
  } catch {
    // The events notice a lost connection and say so.
  }
}

export function startSamples() {
  $("samples-toggle").addEventListener("click", () => setOpen($("samples").hidden));
  on("world", draw);
  on("replayed", () => {
    recall();
    draw();
  });
  on("sent", () => {
    if (chosen !== null) sent.add(chosen);
    chosen = null;
    draw();
    showNext();
  });
  on("message", () => $("samples").classList.contains("cards") && draw());
  on("clock", renew);
}

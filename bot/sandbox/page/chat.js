// The open chat: messages in order, scrolling, the pinned bar, presses of buttons.
import { describeError, press, remove } from "./api.js";
import { $, h, icon } from "./dom.js";
import { openMenu, showAnswer, toast } from "./feedback.js";
import { describeDay, describeMessage, readMoment, readService } from "./format.js";
import { canEdit, isOwn, keyboard, messageElement, pressKey } from "./message.js";
import { emit, isFirstLook, isPrivate, messagesOf, on, state } from "./state.js";

const NEAR_BOTTOM_PX = 48;
const READING_GAP_PX = 8;
const LONG_PRESS_MS = 480;
const FLASH_MS = 1_600;
const SETTLE_MS = 300;

const stream = $("stream");
const list = $("messages");
const pending = new Set();

let atBottom = true; // whoever is there sees what comes
let reading = false; // … and reads a long post from its beginning
let missed = 0;

const elementOf = (id) => list.querySelector(`[data-message-id="${id}"]`);
const today = () => (state.clock ? readMoment(state.clock.now) : null);

// -- drawing

function dayMark(message) {
  return h("div", { class: "day", role: "separator", "data-date": message.date }, h("span", {}, describeDay(readMoment(message.date), today())));
}

/** When the clock passes midnight, what was today no longer is. */
function renameDays() {
  for (const mark of list.querySelectorAll(".day")) {
    mark.firstChild.textContent = describeDay(readMoment(Number(mark.dataset.date)), today());
  }
}

/** The nodes of one message: a date before it where a new day begins. */
function nodesOf(message, before) {
  const newDay = !before || readMoment(before.date).key !== readMoment(message.date).key;
  const node = messageElement(message, newDay ? null : before, pending);
  return newDay ? [dayMark(message), node] : [node];
}

/** The beginning of the group: what this place is. It scrolls away with the messages. */
function welcome() {
  return h("section", { class: "welcome" },
    h("h2", {}, "一个人，演一个专班"),
    h("p", {}, clauses("像在工作群里一样发消息，|助手建账、下达、算期限、催办。")),
    h("p", {}, clauses("随时换个身份说话，|把时钟往前拨，|看接下来会怎样。")),
    state.world?.notice && h("p", { class: "welcome-notice" }, clauses(state.world.notice.replace(/([，：])/g, "$1|"))));
}

/** Lines break between clauses, not inside of words. */
const clauses = (text) => text.split("|").map((clause) => h("span", { class: "clause" }, clause));


function emptyChat() {
  const personal = isPrivate();
  return h("div", { class: "empty" },
    h("p", {}, personal ? "这里只有您和助手看得到。" : "群里还没有消息。"),
    personal && h("div", { class: "empty-actions" }, ["我的任务", "逾期", "帮助"].map((text) =>
      h("button", { type: "button", class: "button tinted", onclick: () => emit("say", text) }, text))));
}

function drawAll() {
  const all = [...messagesOf(state.chatId).values()];
  list.classList.toggle("private", isPrivate());
  const head = isPrivate() ? [] : [welcome()];
  list.replaceChildren(...head, ...(all.length ? all.flatMap((message, at) => nodesOf(message, all[at - 1])) : [emptyChat()]));
  drawPinned();
}

function drawNew(event) {
  if (event.chat_id !== state.chatId) return;
  if (elementOf(event.message.message_id)) return drawChanged(event);
  list.querySelector(".empty")?.remove();
  const before = [...messagesOf(state.chatId).values()].at(-2);
  const nodes = nodesOf(event.message, before);
  nodes.at(-1).classList.add("arriving");
  list.append(...nodes);
  if (isOwn(event.message)) toBottom();
  else if (atBottom) follow(nodes[0]);
  else if (!readService(event.message)) showMissed(missed + 1);
}

function drawChanged(event) {
  if (event.chat_id !== state.chatId) return;
  const old = elementOf(event.message.message_id);
  if (!old) return drawAll();
  const all = [...messagesOf(state.chatId).values()];
  const at = all.findIndex((one) => one.message_id === event.message.message_id);
  const continued = !old.classList.contains("first");
  const node = messageElement(event.message, continued ? all[at - 1] : null, pending);
  node.classList.add("changed");
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.press : undefined;
  old.replaceWith(node);
  if (focused !== undefined) node.querySelector(`[data-press="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  drawPinned();
}

function drawPinned() {
  const message = messagesOf(state.chatId).get(state.pinned.get(state.chatId));
  $("pinned").hidden = !message;
  if (message) $("pinned-text").textContent = describeMessage(message);
}

// -- scrolling

function toBottom(behavior = "auto") {
  stream.scrollTo({ top: stream.scrollHeight, behavior });
  atBottom = true;
  reading = false;
  showMissed(0);
}

/** The first look begins with what this place is. */
function toTop() {
  stream.scrollTo({ top: 0 });
  atBottom = false;
}

/** A post that is longer than the window is read from its beginning; any other is shown whole. */
function follow(node) {
  if (isFirstLook()) return; // the welcome above is read first
  const tall = stream.scrollHeight - node.offsetTop > stream.clientHeight;
  if (!tall) return toBottom();
  reading = true;
  stream.scrollTo({ top: node.offsetTop - READING_GAP_PX });
  showMissed(0);
}

function showMissed(count) {
  missed = count;
  $("new-pill").hidden = (atBottom && !reading) || isFirstLook();
  $("new-pill").classList.toggle("plain", count === 0);
  $("new-text").textContent = count > 1 ? `${count} 条新消息` : "新消息";
}

function watchScroll() {
  let before = 0;
  stream.addEventListener("scroll", () => {
    const near = stream.scrollHeight - stream.scrollTop - stream.clientHeight < NEAR_BOTTOM_PX;
    const upwards = stream.scrollTop < before;
    before = stream.scrollTop;
    if (near && reading) {
      reading = false;
      showMissed(0);
    }
    // Only who scrolls up leaves the end: new messages may make the stream longer in the middle of a scroll.
    if (near === atBottom || (!near && !upwards)) return;
    atBottom = near;
    showMissed(near ? 0 : missed);
  }, { passive: true });
  // Pictures that load, a keyboard that opens, an input that grows: whoever was at the end stays there.
  const keep = new ResizeObserver(() => atBottom && !reading && stream.scrollTo({ top: stream.scrollHeight }));
  keep.observe(stream);
  keep.observe(list);
}

export function jumpTo(messageId) {
  const node = elementOf(messageId);
  if (!node) return toast("这条消息已不在记录里");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  node.classList.remove("flash");
  void node.offsetWidth; // starts the animation anew
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), FLASH_MS);
}

/** Bring a button into view, and the eye to it. */
export function jumpToButton(messageId, data) {
  const button = elementOf(messageId)?.querySelector(`[data-press="${CSS.escape(data)}"]`);
  if (!button) return jumpTo(messageId);
  button.scrollIntoView({ block: "center" });
  button.classList.add("pointed");
  button.focus({ preventScroll: true });
}

// -- what people do with messages

const messageAt = (target) => {
  const node = target.closest?.("article[data-message-id]");
  return node ? messagesOf(state.chatId).get(Number(node.dataset.messageId)) ?? null : null;
};

function redrawKeyboard(chatId, messageId) {
  const message = messagesOf(chatId).get(messageId);
  const node = chatId === state.chatId && elementOf(messageId);
  if (!message || !node) return;
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.press : undefined;
  node.querySelector(".keyboard")?.replaceWith(keyboard(message, pending) ?? "");
  if (focused !== undefined) node.querySelector(`[data-press="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

async function pressButton(message, data) {
  const key = pressKey(message.message_id, data);
  if (pending.has(key)) return;
  const { me, chatId } = state;
  pending.add(key);
  redrawKeyboard(chatId, message.message_id);
  try {
    const { answer } = await press(me, chatId, message.message_id, data);
    showAnswer(answer);
    emit("pressed");
  } catch (error) {
    toast(describeError(error), "warn");
  } finally {
    pending.delete(key);
    redrawKeyboard(chatId, message.message_id);
  }
}

async function copy(message) {
  try {
    await navigator.clipboard.writeText(message.text ?? "");
    toast("已复制");
  } catch {
    toast("浏览器不允许复制", "warn");
  }
}

async function discard(message) {
  try {
    await remove(state.me, state.chatId, message.message_id);
  } catch (error) {
    toast(describeError(error), "warn");
  }
}

function showMenu(message, x, y) {
  const items = [["回复", icon("reply"), () => emit("reply", message)]];
  if (canEdit(message)) items.push(["编辑", icon("edit"), () => emit("edit", message)]);
  items.push(["复制", icon("copy"), () => copy(message)]);
  if (canEdit(message)) items.push(["删除", icon("bin"), () => discard(message)]);
  openMenu(x, y, items);
}

function onClick(event) {
  const message = messageAt(event.target);
  const button = event.target.closest("button");
  const spoiler = event.target.closest("tg-spoiler, .tg-spoiler");
  if (spoiler) spoiler.classList.add("open");
  if (!button || !message) return;
  if (button.dataset.press !== undefined) pressButton(message, button.dataset.press);
  else if (button.dataset.jump) jumpTo(button.dataset.jump);
  else if (button.dataset.tool) emit(button.dataset.tool, message);
}

/** The menu opens on the right mouse button and on a long press of the finger. */
function watchMenu() {
  let timer = 0;
  const onBubble = (event) => event.target.closest?.(".bubble") && !event.target.closest("a") && messageAt(event.target);
  stream.addEventListener("contextmenu", (event) => {
    const message = onBubble(event);
    if (!message || String(window.getSelection())) return;
    event.preventDefault();
    clearTimeout(timer);
    showMenu(message, event.clientX, event.clientY);
  });
  stream.addEventListener("pointerdown", (event) => {
    const message = event.pointerType === "touch" && onBubble(event);
    if (message) timer = setTimeout(() => showMenu(message, event.clientX, event.clientY), LONG_PRESS_MS);
  });
  for (const end of ["pointerup", "pointermove", "pointercancel"]) stream.addEventListener(end, () => clearTimeout(timer));
}

export function startChat() {
  watchScroll();
  watchMenu();
  list.addEventListener("click", onClick);
  $("new-pill").addEventListener("click", () => toBottom("smooth"));
  $("pinned").addEventListener("click", () => jumpTo(state.pinned.get(state.chatId)));
  // History is shown in silence; only what arrives from then on is read out.
  let shown = null;
  const redraw = () => {
    const stays = shown === state.chatId && (reading || !atBottom);
    const top = stream.scrollTop;
    shown = state.chatId;
    stream.setAttribute("aria-live", "off");
    drawAll();
    if (stays) stream.scrollTo({ top });
    else toBottom();
    if (!isPrivate() && isFirstLook()) toTop();
    setTimeout(() => stream.setAttribute("aria-live", "polite"), SETTLE_MS);
  };
  for (const type of ["chat", "person", "replayed"]) on(type, redraw);
  on("clock", renameDays);
  on("message", drawNew);
  on("edited", drawChanged);
  on("deleted", drawAll);
  on("reaction", (event) => {
    const message = messagesOf(event.chat_id).get(event.message_id);
    if (message) drawChanged({ chat_id: event.chat_id, message });
  });
  on("pinned", drawPinned);
}

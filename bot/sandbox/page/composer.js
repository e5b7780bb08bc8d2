// Writing: the text that grows, reply and edit, a file, the menu of commands.
import { describeError, edit, send, upload } from "./api.js";
import { $, h, isTouch } from "./dom.js";
import { toast } from "./feedback.js";
import { describeMessage, describeSize } from "./format.js";
import { canEdit } from "./message.js";
import { emit, isPrivate, me, messagesOf, on, state } from "./state.js";

const input = $("message-input");

let replying = null; // message
let editing = null; // message
let attached = null; // File
let sending = false;
const drafts = new Map(); // chat id → text
let openChatId = null;

// -- the field

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
}

function refresh() {
  $("send").disabled = sending || !state.online || !(input.value.trim() || attached);
  $("send").textContent = editing ? "保存" : "发送";
  showCommands();
}

export function setText(text) {
  input.value = text;
  grow();
  refresh();
}

function showPlaceholder() {
  const person = me();
  input.placeholder = person ? `以${person.name}的身份发言` : "消息";
}

// -- reply, edit, attach: the bar above the field

function showContext() {
  const bar = $("context");
  const [sign, title, text] = editing ? ["edit", "编辑消息", describeMessage(editing)]
    : attached ? ["file", attached.name, describeSize(attached.size)]
      : replying ? ["reply", `回复 ${replying.from?.name ?? ""}`, describeMessage(replying)] : [];
  bar.hidden = !sign;
  if (!sign) return;
  $("context-icon").setAttribute("href", `#i-${sign}`);
  $("context-title").textContent = title;
  $("context-text").textContent = text;
}

function clearContext() {
  if (editing) input.value = "";
  replying = editing = attached = null;
  $("file").value = "";
  showContext();
  grow();
  refresh();
}

/** Answer a message, or with null none. */
export function replyTo(message) {
  clearContext();
  if (message) startReply(message);
}

function startReply(message) {
  if (editing) clearContext();
  replying = message;
  showContext();
  refresh();
  input.focus();
}

function startEdit(message) {
  clearContext();
  editing = message;
  showContext();
  setText(message.text ?? "");
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
}

function attach(file) {
  if (!file) return;
  if (editing) clearContext();
  attached = file;
  showContext();
  refresh();
  input.focus();
}

/** The last own message of this chat that can still be edited: arrow up in the empty field opens it. */
function findLastOwn() {
  return [...messagesOf(state.chatId).values()].reverse()
    .find(canEdit);
}

// -- sending

async function deliver(text) {
  const { me: as, chatId } = state;
  if (editing) return edit(as, chatId, editing.message_id, text);
  if (attached) return upload(as, chatId, attached, text);
  return send(as, chatId, text, replying?.message_id);
}

async function submit() {
  const text = input.value.trim();
  if (sending || !state.online || !(text || attached)) return;
  sending = true;
  refresh();
  try {
    await deliver(text);
    input.value = "";
    clearContext();
    emit("sent");
  } catch (error) {
    toast(describeError(error), "warn");
  } finally {
    sending = false;
    grow();
    refresh();
    if (!isTouch()) input.focus();
  }
}

async function say(text) {
  try {
    await send(state.me, state.chatId, text);
  } catch (error) {
    toast(describeError(error), "warn");
  }
}

// -- the menu of commands

/** Which announced set fits the open chat best, by the Bot API's order: from the narrowest scope to the default. */
function listCommands() {
  const scopes = isPrivate()
    ? [`chat/${state.chatId}`, "all_private_chats", "default"]
    : [`chat_member/${state.chatId}/${state.me}`, `chat/${state.chatId}`, "all_group_chats", "default"];
  for (const scope of scopes) {
    for (const language of ["zh", ""]) {
      const found = state.commands.get(`${scope}|${language}`);
      if (found?.length) return found;
    }
  }
  return [];
}

function showCommands() {
  const typed = /^\/(\w*)$/.exec(input.value);
  const found = typed ? listCommands().filter((one) => one.command.startsWith(typed[1])) : [];
  $("commands").hidden = !found.length;
  $("commands").replaceChildren(...found.map((one, at) => h("li", {
    role: "option", "aria-selected": String(at === 0), onclick: () => choose(one.command), onpointermove: (event) => select(event.currentTarget),
  }, h("code", {}, `/${one.command}`), h("span", {}, one.description))));
}

function choose(command) {
  setText(`/${command}`);
  $("commands").hidden = true;
  input.focus();
}

function moveChoice(step) {
  const options = [...$("commands").children];
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = options[(at + step + options.length) % options.length];
  select(next);
  next.scrollIntoView({ block: "nearest" });
}

function select(option) {
  for (const one of $("commands").children) one.setAttribute("aria-selected", String(one === option));
}

// -- keys

function onCommandKey(event) {
  if ($("commands").hidden) return false;
  const chosen = $("commands").querySelector("[aria-selected=true] code")?.textContent.slice(1);
  if (event.key === "ArrowDown") moveChoice(1);
  else if (event.key === "ArrowUp") moveChoice(-1);
  else if (event.key === "Escape") $("commands").hidden = true;
  else if (event.key === "Tab" || (event.key === "Enter" && input.value !== `/${chosen}`)) choose(chosen);
  else return false;
  event.preventDefault();
  return true;
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return; // an input method is at work
  if (onCommandKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !isTouch()) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") clearContext();
  else if (event.key === "ArrowUp" && !input.value && findLastOwn()) {
    event.preventDefault();
    startEdit(findLastOwn());
  }
}

/** Another chat: its own draft; what was quoted stays behind. */
function changeChat() {
  if (openChatId !== state.chatId) {
    drafts.set(openChatId, editing ? "" : input.value);
    clearContext();
    setText(drafts.get(state.chatId) ?? "");
    openChatId = state.chatId;
  }
  if (editing) clearContext();
  showPlaceholder();
}

function watchFiles() {
  $("attach").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => attach($("file").files[0]));
  input.addEventListener("paste", (event) => {
    const file = event.clipboardData?.files?.[0];
    if (!file) return;
    event.preventDefault();
    attach(file);
  });
  $("stream").addEventListener("dragover", (event) => event.preventDefault());
  $("stream").addEventListener("drop", (event) => {
    event.preventDefault();
    attach(event.dataTransfer?.files?.[0]);
  });
}

export function startComposer() {
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  input.addEventListener("input", () => {
    grow();
    refresh();
  });
  input.addEventListener("keydown", onKey);
  $("context-close").addEventListener("click", clearContext);
  watchFiles();
  on("reply", startReply);
  on("edit", startEdit);
  on("say", say);
  for (const type of ["chat", "person", "world"]) on(type, changeChat);
  on("online", refresh);
  on("deleted", () => replying && !messagesOf(state.chatId).has(replying.message_id) && clearContext());

}

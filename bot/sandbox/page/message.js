// One message → its element. Knows nothing of scrolling and of the order of messages.
import { fileUrl } from "./api.js";
import { h, icon, spinner } from "./dom.js";
import { describeMessage, describeSize, readMoment, readService } from "./format.js";
import { avatar, roleOf } from "./people.js";
import { isPrivate, messagesOf, state } from "./state.js";

const TOGETHER_SECONDS = 300; // messages of one sender this close together share a head

export const isOwn = (message) => message.from?.id === state.me && !message.from?.is_bot;

const senderOf = (message) => ({ ...state.people.get(message.from?.id), ...message.from });

export function startsGroup(message, before) {
  return !before || readService(before) !== "" || before.from?.id !== message.from?.id
    || message.date - before.date > TOGETHER_SECONDS;
}

/** reply_to comes as a message or as its number. */
function findReplied(message) {
  const reply = message.reply_to;
  if (!reply) return null;
  const id = typeof reply === "object" ? reply.message_id : reply;
  return messagesOf(state.chatId).get(id) ?? (typeof reply === "object" ? reply : { message_id: id, text: "已删除的消息" });
}

function quote(message) {
  const replied = findReplied(message);
  if (!replied) return null;
  return h("button", { type: "button", class: "quote", "data-jump": replied.message_id, "aria-label": "查看被回复的消息" },
    h("b", {}, replied.from?.name ?? "消息"), h("span", {}, describeMessage(replied)));
}

function head(message) {
  const sender = senderOf(message);
  const unit = sender.is_bot ? "助手" : sender.unit;
  return h("div", { class: `sender ${sender.is_bot ? "role-bot" : `role-${roleOf(sender)}`}` },
    h("b", {}, sender.name), unit && unit !== sender.name && h("span", {}, unit));
}

function photo(message) {
  const best = message.photo;
  if (!best) return null;
  const source = fileUrl(best.file_id);
  return h("a", { class: "photo", href: source, target: "_blank", rel: "noopener" },
    h("img", { src: source, alt: message.text || "图片", width: best.width, height: best.height, loading: "lazy" }));
}

function file(message) {
  const found = message.document;
  if (!found) return null;
  const name = found.name || "文件";
  return h("a", { class: "file", href: fileUrl(found.file_id), download: name },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-text" }, h("b", {}, name), h("span", {}, [describeSize(found.size), "点按下载"].filter(Boolean).join(" · "))));
}

function body(message) {
  const text = h("div", { class: "text", dir: "auto" });
  // The server renders text and entities into escaped HTML; without it the bare text is shown.
  if (typeof message.html === "string") text.innerHTML = message.html;
  else text.textContent = message.text ?? "";
  for (const link of text.querySelectorAll("a[href]")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  for (const hidden of text.querySelectorAll("tg-spoiler, .tg-spoiler")) hidden.tabIndex = 0;
  // A quotation is a block and ends its line by itself.
  for (const quoted of text.querySelectorAll("blockquote, pre")) {
    if (quoted.nextSibling instanceof Text) quoted.nextSibling.data = quoted.nextSibling.data.replace(/^\n/, "");
    if (quoted.previousSibling instanceof Text) quoted.previousSibling.data = quoted.previousSibling.data.replace(/\n$/, "");
  }
  text.classList.toggle("bare", !text.hasChildNodes());
  text.append(meta(message));
  return text;
}

function meta(message) {
  const sent = readMoment(message.date);
  return h("span", { class: "meta" }, message.edit_date ? h("span", { class: "edited" }, "已编辑 ") : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, sent.time));
}

function inlineButton(button, message, pending) {
  if (button.url) {
    return h("a", { class: "inline-button", "data-testid": "inline-button", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  }
  const waiting = pending.has(pressKey(message.message_id, button.data));
  return h("button", {
    type: "button", class: `inline-button ${waiting ? "waiting" : ""}`, "data-testid": "inline-button",
    "data-press": button.data, "aria-busy": waiting ? "true" : null,
  }, h("span", {}, button.text), waiting && spinner());
}

/** What identifies a press under way: the same button may be pressed by several people at once. */
export const pressKey = (messageId, data) => `${state.me}/${state.chatId}/${messageId}/${data}`;

export function keyboard(message, pending) {
  const rows = (message.buttons ?? []).filter((row) => row.length);
  if (!rows.length) return null;
  return h("div", { class: "keyboard" }, rows.map((row) =>
    h("div", { class: "keyboard-row" }, row.map((button) => inlineButton(button, message, pending)))));
}

function reaction(message) {
  const emoji = state.reactions.get(`${state.chatId}/${message.message_id}`);
  return emoji ? h("span", { class: "reaction", "aria-label": `助手回应 ${emoji}` }, emoji) : null;
}

/** Only text of one's own can be changed; Telegram's apps hold it so for files, and so does the sandbox. */
export const canEdit = (message) => isOwn(message) && Boolean(message.text) && !message.document && !message.photo;

function tools(message) {
  return h("div", { class: "message-tools" },
    h("button", { type: "button", class: "icon-button", "data-tool": "reply", "data-testid": "reply", "aria-label": "回复", title: "回复" }, icon("reply")),
    canEdit(message) && h("button", { type: "button", class: "icon-button", "data-tool": "edit", "data-testid": "edit", "aria-label": "编辑", title: "编辑" }, icon("edit")));
}

function serviceElement(message) {
  return h("div", { class: "service", "data-testid": "message", "data-message-id": message.message_id }, h("span", {}, readService(message)));
}

export function messageElement(message, before, pending) {
  if (readService(message)) return serviceElement(message);
  const own = isOwn(message);
  const first = startsGroup(message, before);
  const heads = !own && !isPrivate();
  return h("article", {
    class: ["message", own ? "own" : "", first ? "first" : "", message.from?.is_bot ? "from-bot" : ""].join(" "),
    "data-testid": "message", "data-message-id": message.message_id, "data-from": message.from?.id,
    "aria-label": own ? "我" : message.from?.name,
  },
  heads && (first ? avatar(senderOf(message)) : h("span", { class: "avatar-space" })),
  h("div", { class: "column" },
    h("div", { class: "bubble" }, heads && first && head(message), quote(message), photo(message), file(message), body(message), reaction(message)),
    keyboard(message, pending)),
  tools(message));
}

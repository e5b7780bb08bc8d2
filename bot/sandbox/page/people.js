// Who is played, and the chats this person has.
import { $, h } from "./dom.js";
import { describeMessage, initial, readMoment, readService } from "./format.js";
import { become, isPrivate, lastMessage, listChats, me, on, openChat, state } from "./state.js";

const TYPING_MS = 5_000; // as long as Telegram shows it

export const ROLES = {
  admin: "管理员", office: "重点办", leader: "包联领导", department: "市直部门",
  county: "县区", owner: "业主单位", stranger: "群外人员",
};

export const roleOf = (person) => (person?.role in ROLES ? person.role : "stranger");

export function avatar(person, extra = "") {
  if (person?.is_bot) {
    return h("span", { class: `avatar seal ${extra}`, "aria-hidden": "true" }, h("span", {}, "专"), h("span", {}, "班"));
  }
  return h("span", { class: `avatar role-${roleOf(person)} ${extra}`, "aria-hidden": "true" }, initial(person?.name));
}

/** People by role, in the order of ROLES: [label, people]. */
function listGroups() {
  const found = new Map(Object.keys(ROLES).map((role) => [role, []]));
  for (const person of state.people.values()) found.get(roleOf(person)).push(person);
  return [...found].filter(([, people]) => people.length).map(([role, people]) => [ROLES[role], people]);
}

/** Where somebody sits; the note says more where the name says it already. */
const unitOf = (person) => person.unit || ROLES[roleOf(person)];
const lineOf = (person) => (person.role === "department" ? person.unit : person.note || unitOf(person));

function fillSelect() {
  $("person-select").replaceChildren(...listGroups().map(([label, people]) =>
    h("optgroup", { label }, people.map((person) =>
      h("option", { value: person.id }, optionText(person))))));
}

/** Unread letters to somebody else are easy to miss: the list, the selector and its options all tell. */
function optionText(person) {
  const text = person.unit ? `${person.name} · ${person.unit}` : person.name;
  return state.unread.get(person.id) ? `${text}（有新私信）` : text;
}

function showLetters() {
  let others = false;
  for (const row of $("people").querySelectorAll(".person")) {
    const id = Number(row.dataset.personId);
    const waiting = Boolean(state.unread.get(id));
    row.querySelector(".dot").hidden = !waiting;
    others ||= waiting && id !== state.me;
  }
  for (const option of $("person-select").options) option.textContent = optionText(state.people.get(Number(option.value)));
  $("letters").hidden = !others;
}

function personRow(person) {
  return h("button", {
    type: "button", class: "person", "data-testid": "person-item", "data-person-id": person.id,
    title: person.note || null, onclick: () => become(person.id),
  }, avatar(person, "small"), h("span", { class: "person-text" }, h("b", {}, person.name), h("span", {}, lineOf(person))),
  h("span", { class: "dot", hidden: true }, h("span", { class: "hidden" }, "有新私信")));
}

function fillList() {
  $("people").replaceChildren(...listGroups().map(([label, people]) =>
    h("div", { class: "person-group", role: "group", "aria-label": label }, h("h3", {}, label), people.map(personRow))));
}

function showPerson() {
  const person = me();
  if (!person) return;
  $("person-select").value = String(person.id);
  $("me-avatar").replaceWith(Object.assign(avatar(person, "small"), { id: "me-avatar" }));
  $("me-name").textContent = person.name;
  $("me-unit").textContent = unitOf(person);
  $("identity").title = person.note || "";
  for (const row of $("people").querySelectorAll(".person")) {
    const own = row.dataset.personId === String(person.id);
    row.setAttribute("aria-pressed", String(own));
    if (own) row.scrollIntoView({ block: "nearest" });
  }
}

function chatRow(one) {
  const personal = isPrivate(one.id);
  const last = lastMessage(one.id, (message) => !readService(message)) ?? lastMessage(one.id);
  const unread = state.unread.get(one.id) ?? 0;
  const title = personal ? "与助手私聊" : one.title;
  return h("li", {}, h("button", {
    type: "button", class: "chat-item", "data-testid": "chat-item", "data-chat-id": one.id,
    "aria-current": one.id === state.chatId ? "true" : null, onclick: () => openChat(one.id),
  },
  personal ? avatar({ is_bot: true }) : h("span", { class: "avatar group", "aria-hidden": "true" }, initial(one.title)),
  h("span", { class: "chat-text" },
    h("span", { class: "chat-line" }, h("b", {}, title), last && h("time", {}, readMoment(last.date).time)),
    h("span", { class: "chat-preview" }, describeMessage(last) || (personal ? "只有您和助手看得到" : "还没有消息"))),
  unread > 0 && h("span", { class: "badge", "aria-label": `${unread} 条新消息` }, String(unread))));
}

function showChats() {
  $("chats").replaceChildren(...listChats().map(chatRow));
  showLetters();
}

function showHead() {
  const personal = isPrivate();
  const bot = state.world?.bot;
  $("chat-title").textContent = personal ? bot?.name ?? "助手" : state.chats.get(state.chatId)?.title ?? "";
  const members = [...state.people.values()].filter((person) => roleOf(person) !== "stranger").length;
  $("chat-subtitle").textContent = personal ? `与${me()?.name ?? ""}的私聊` : `${members} 位成员和助手`;
  document.title = `${$("chat-title").textContent} · 专班演练场`;
}

let typing = 0;

function showTyping(event) {
  if (event.chat_id !== state.chatId) return;
  $("chat-subtitle").textContent = "助手正在输入…";
  clearTimeout(typing);
  typing = setTimeout(showHead, TYPING_MS);
}

export function startPeople() {
  $("person-select").addEventListener("change", (event) => become(Number(event.target.value)));
  on("world", () => {
    fillSelect();
    fillList();
  });
  for (const type of ["world", "person"]) on(type, showPerson);
  for (const type of ["world", "replayed", "person", "chat", "message", "edited", "deleted"]) on(type, showChats);
  for (const type of ["world", "replayed", "person", "chat"]) on(type, showHead);
  on("action", showTyping);
  on("message", (event) => event.chat_id === state.chatId && showHead());
}

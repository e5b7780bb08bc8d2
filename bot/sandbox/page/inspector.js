// The calls that the bot made, and what the server refused and why.
import { $, h, icon, isPhone } from "./dom.js";
import { readMoment } from "./format.js";
import { on, state } from "./state.js";

const SHOWN = 300; // of the newest calls
const QUIET = new Set(["getUpdates"]);
const NAMES = {
  sendMessage: "发消息", editMessageText: "改消息", editMessageReplyMarkup: "改按钮", editMessageCaption: "改说明",
  deleteMessage: "删消息", answerCallbackQuery: "应答点按", pinChatMessage: "置顶", unpinChatMessage: "取消置顶",
  sendDocument: "发文件", sendPhoto: "发图片", setMyCommands: "设命令菜单", deleteMyCommands: "清命令菜单", getMe: "问自己",
  getChat: "问群资料", getChatMember: "问成员", getChatAdministrators: "问管理员", sendChatAction: "正在输入",
  setMessageReaction: "回应", copyMessage: "复制消息", sendMediaGroup: "发图集",
  deleteWebhook: "停网络回调", setWebhook: "设网络回调", getFile: "取文件",
};

let refusedOnly = false;
let back = null; // where the focus was before the panel opened

const listed = () => state.calls.filter((call) => !QUIET.has(call.method) || !call.ok);
const refused = () => state.calls.filter((call) => !call.ok);
const plain = (text) => String(text).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();

function targetOf(call) {
  const id = Number(call.params?.chat_id);
  if (!id) return "";
  const person = state.people.get(id);
  return person ? person.name : state.chats.get(id)?.title ?? String(id);
}

const previewOf = (call) => plain(call.params?.text ?? call.params?.caption ?? "");

function details(call) {
  const shown = { params: call.params, ...(call.ok ? {} : { error: call.error }) };
  return h("pre", { tabindex: "0" }, JSON.stringify(shown, null, 2));
}

function row(call) {
  const item = h("details", { class: `call ${call.ok ? "ok" : "refused"}`, "data-testid": "inspector-call", "data-ok": String(Boolean(call.ok)), "data-method": call.method },
    h("summary", {},
      h("span", { class: "call-line" },
        h("span", { class: "verdict" }, icon(call.ok ? "check" : "close"), h("span", { class: "hidden" }, call.ok ? "成功" : "被拒")),
        h("code", {}, call.method),
        h("span", { class: "call-name" }, NAMES[call.method] ?? ""),
        h("time", {}, readMoment(call.at).time)),
      targetOf(call) && h("span", { class: "call-target" }, `→ ${targetOf(call)}`),
      call.ok ? previewOf(call) && h("span", { class: "call-preview" }, previewOf(call)) : h("span", { class: "call-reason" }, call.error)));
  item.addEventListener("toggle", () => item.open && item.children.length === 1 && item.append(details(call)));
  return item;
}

function draw() {
  if ($("inspector").hidden) return;
  const calls = (refusedOnly ? refused() : listed()).slice(-SHOWN).reverse();
  const none = h("p", { class: "none" }, refusedOnly ? "没有被拒的调用。" : "还没有调用。");
  $("calls").replaceChildren(...(calls.length ? calls.map(row) : [none]));
}

function count() {
  const number = refused().length;
  $("refused-count").textContent = number > 99 ? "99+" : String(number);
  $("refused-count").hidden = number === 0;
  $("inspector-toggle").setAttribute("aria-label", number ? `接口记录，${number} 次被拒` : "接口记录");
  $("count-refused").textContent = String(number);
  $("count-all").textContent = String(listed().length);
}

function add(event) {
  count();
  const { call } = event;
  if ($("inspector").hidden || (refusedOnly && call.ok) || (QUIET.has(call.method) && call.ok)) return;
  $("calls").querySelector(".none")?.remove();
  $("calls").prepend(row(call));
  if ($("calls").children.length > SHOWN) $("calls").lastChild.remove();
}

function filter(onlyRefused) {
  refusedOnly = onlyRefused;
  $("filter-all").setAttribute("aria-pressed", String(!onlyRefused));
  $("filter-refused").setAttribute("aria-pressed", String(onlyRefused));
  draw();
}

function setOpen(open) {
  if (open) back = document.activeElement;
  $("inspector").hidden = !open;
  $("backdrop").hidden = !(open && isPhone());
  $("app").classList.toggle("inspecting", open);
  $("inspector-toggle").setAttribute("aria-expanded", String(open));
  draw();
  if (open) $("inspector").focus({ preventScroll: true });
  else (back ?? $("inspector-toggle")).focus({ preventScroll: true });
}

export function startInspector() {
  $("inspector-toggle").addEventListener("click", () => setOpen($("inspector").hidden));
  $("inspector-close").addEventListener("click", () => setOpen(false));
  $("backdrop").addEventListener("click", () => setOpen(false));
  $("inspector").addEventListener("keydown", (event) => event.key === "Escape" && setOpen(false));
  $("filter-all").addEventListener("click", () => filter(false));
  $("filter-refused").addEventListener("click", () => filter(true));
  on("call", add);
  for (const type of ["world", "replayed"]) {
    on(type, () => {
      count();
      draw();
    });
  }
}

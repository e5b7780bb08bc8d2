// How much the assistant may still say to the open group: when it has to wait, the page says so.
import { $ } from "./dom.js";
import { isPrivate, on, state } from "./state.js";

const MINUTE_MS = 60_000;
const STEP_MS = 1_000;
const COUNTED = /^(send(?!ChatAction)|edit|copy|forward)/;

const spent = new Map(); // chat id → when posts and edits were let through, on the machine's clock
let timer = 0;

const limit = () => state.world?.group_per_minute ?? Infinity;

/** Seconds until the next post to the open group passes; 0 when nothing holds it. */
function secondsToWait() {
  const since = performance.now() - MINUTE_MS;
  const times = (spent.get(state.chatId) ?? []).filter((at) => at > since);
  spent.set(state.chatId, times);
  if (isPrivate() || times.length < limit()) return 0;
  return Math.ceil((times.at(-limit()) - since) / 1_000);
}

function show() {
  clearTimeout(timer);
  const seconds = secondsToWait();
  $("budget").hidden = !seconds;
  if (!seconds) return;
  $("budget-text").textContent = `Telegram 每分钟限发 ${limit()} 条，其余约 ${seconds} 秒后接着发`;
  timer = setTimeout(show, STEP_MS);
}

function spend(call, ago = 0) {
  const chatId = Number(call.params?.chat_id);
  if (!call.ok || !chatId || !COUNTED.test(call.method)) return;
  spent.set(chatId, [...(spent.get(chatId) ?? []), performance.now() - ago]);
}

/** What was said before the page was opened: the rehearsal's clock tells how long ago at least. */
function recount() {
  spent.clear();
  const now = new Date(state.clock.now).getTime();
  for (const call of state.calls) spend(call, now - new Date(call.at).getTime());
  show();
}

export function startBudget() {
  on("call", ({ call }) => {
    spend(call);
    show();
  });
  on("replayed", recount);
  for (const type of ["chat", "person"]) on(type, show);
}

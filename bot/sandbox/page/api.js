// The page's side of the sandbox's own API.

const LONG_POLL_MS = 40_000; // the server holds a poll for up to 25 s
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4_000;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** The server speaks English to developers; what a person can run into is said in Chinese. */
const PROBLEMS = [
  [/not a member of the group/, "这个人不在群里，发不了消息"],
  [/message to reply to is gone|message is gone/, "那条消息已经删除"],
  [/never had such a button/, "这条消息没有这个按钮"],
  [/only one's own/, "只能改自己发的文字消息"],
  [/a message has 1-/, "消息太长，最多 4096 个字"],
  [/a caption has at most/, "说明太长，最多 1024 个字"],
  [/does not go back/, "时钟只能往前拨"],
  [/no such chat/, "没有这个会话"],
];

async function readProblem(response) {
  const said = await response.json().then((body) => body.error ?? "", () => "");
  const known = PROBLEMS.find(([pattern]) => pattern.test(said));
  return known?.[1] ?? (said ? `没有成功：${said}` : `没有成功：服务器回答 ${response.status}`);
}

async function ask(path, options = {}, limit = 20_000) {
  const response = await fetch(path, { ...options, signal: AbortSignal.timeout(limit), cache: "no-store" });
  if (!response.ok) throw new Error(await readProblem(response));
  return response.json();
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const send = (as, chatId, text, replyTo) =>
  post("api/send", { as, chat_id: chatId, text, ...(replyTo ? { reply_to: replyTo } : {}) });

export const edit = (as, chatId, messageId, text) =>
  post("api/edit", { as, chat_id: chatId, message_id: messageId, text });

export const press = (as, chatId, messageId, data) =>
  post("api/press", { as, chat_id: chatId, message_id: messageId, data });

export const moveClock = (to) => post("api/clock", { to });

export const remove = (as, chatId, messageId) => post("api/delete", { as, chat_id: chatId, message_id: messageId });

export const getWorld = () => ask("api/world");

export function upload(as, chatId, file, caption) {
  const form = new FormData();
  form.append("as", as);
  form.append("chat_id", chatId);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return ask("api/upload", { method: "POST", body: form }, 120_000);
}

export const fileUrl = (fileId) => `api/file/${encodeURIComponent(fileId)}`;

/** What a failed request is called in the page. */
export const describeError = (error) =>
  error.name === "TimeoutError" || error instanceof TypeError ? "没有连上服务器，请稍后再试" : error.message;

/**
 * Follow the events for ever. After any break everything is replayed from 0: a restarted server counts from the
 * beginning again, and the replay is small.
 */
export async function follow({ onWorld, onBatch, onStatus }) {
  let after = 0;
  let broken = true;
  let wait = FIRST_WAIT_MS;
  for (;;) {
    try {
      if (broken) onWorld(await getWorld());
      if (broken) after = 0;
      broken = false;
      onStatus(true);
      const batch = await ask(`api/events?after=${after}`, {}, LONG_POLL_MS);
      onBatch(batch.events, after === 0);
      after = batch.seq;
      wait = FIRST_WAIT_MS;
    } catch (error) {
      console.warn(error);
      broken = true;
      onStatus(false);
      await sleep(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }
}

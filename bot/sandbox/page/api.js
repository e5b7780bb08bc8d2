// The page's side of the sandbox's own API.

const LONG_POLL_MS = 40_000; // the server holds a poll for up to 25 s
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4_000;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** The server's own sentence about a failure, where it gives one. */
async function readProblem(response) {
  try {
    const body = await response.json();
    return body.error || body.description || body.message || `服务器回答 ${response.status}`;
  } catch {
    return `服务器回答 ${response.status}`;
  }
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

export function upload(as, chatId, file) {
  const form = new FormData();
  form.append("as", as);
  form.append("chat_id", chatId);
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
      if (broken) onWorld(await ask("api/world"));
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

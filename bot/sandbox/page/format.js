// Dates, sizes and initials as the page shows them. The group lives in one time zone, whatever the browser's is.

const ZONE = "Asia/Shanghai";

const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE, hourCycle: "h23",
  year: "numeric", month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit",
});

/** Unix seconds (as the Bot API writes them) or an ISO text → its parts in the group's time zone. */
export function readMoment(value) {
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(value);
  const found = {};
  for (const part of parts.formatToParts(date)) found[part.type] = part.value;
  return {
    seconds: Math.floor(date.getTime() / 1000),
    key: `${found.year}-${found.month}-${found.day}`,
    year: found.year,
    date: `${found.month}月${found.day}日`,
    weekday: found.weekday,
    time: `${found.hour}:${found.minute}`,
  };
}

export function describeDay(moment, today) {
  const year = today && today.year !== moment.year ? `${moment.year}年` : "";
  const name = today && today.key === moment.key ? "今天 · " : "";
  return `${name}${year}${moment.date} ${moment.weekday}`;
}

export function describeSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One line of a message for quotes, the pinned bar and the list of chats. */
export function describeMessage(message) {
  if (!message) return "";
  const text = (message.text || "").replace(/\s+/g, " ").trim();
  if (text) return text;
  if (message.photo) return "[图片]";
  if (message.document) return `[文件] ${message.document.name}`;
  return readService(message) || "[消息]";
}

/** The sentence of a service message, or "" when the message is an ordinary one. */
export function readService(message) {
  const { service } = message;
  if (!service) return "";
  const names = (service.names ?? []).join("、");
  if (service.kind === "joined") return `${names} 进群`;
  if (service.kind === "left") return `${names} 退群`;
  if (service.kind === "pinned") return `${message.from?.name ?? ""} 置顶了一条消息`.trim();
  return service.text ?? "群里有变动";
}

export const initial = (name) => [...(name || "?").replace(/^[^\p{L}\p{N}]+/u, "")][0] ?? "?";

// What the page knows, and who wants to hear about changes. Only this module changes the shared state.

const listeners = new Map();

export const state = {
  world: null,
  people: new Map(), // id → person
  chats: new Map(), // id → chat
  me: null, // id of the person who is played
  chatId: null, // the open chat
  messages: new Map(), // chat id → Map(message id → message)
  pinned: new Map(), // chat id → message id, or null
  unread: new Map(), // chat id → number of messages not seen
  commands: new Map(), // "scope|language" → commands as the bot announced them
  reactions: new Map(), // "chat id/message id" → emoji
  calls: [],
  clock: null,
  online: false,
};

export function on(type, listener) {
  listeners.set(type, [...(listeners.get(type) ?? []), listener]);
}

export function emit(type, detail) {
  for (const listener of listeners.get(type) ?? []) listener(detail);
}

export const me = () => state.people.get(state.me) ?? null;
export const isPrivate = (id = state.chatId) => state.people.has(id);
export const messagesOf = (id) => state.messages.get(id) ?? new Map();
export const lastMessage = (id, wanted = () => true) => [...messagesOf(id).values()].findLast(wanted) ?? null;
export const groups = () => [...state.chats.values()].filter((one) => !state.people.has(one.id));

/** First look: nobody but the bot has written anything yet. */
export const isFirstLook = () =>
  groups().every(({ id }) => [...messagesOf(id).values()].every((message) => message.from?.is_bot || message.service));

/** The chats that the played person has: the groups, and the private one with the bot. */
export function listChats() {
  const own = state.chats.get(state.me) ?? { id: state.me, title: "与助手私聊", kind: "private" };
  return [...groups(), own];
}

export function setWorld(world) {
  state.world = world;
  state.people = new Map(world.people.map((person) => [person.id, person]));
  state.chats = new Map(world.chats.map((one) => [one.id, one]));
  state.messages.clear();
  state.pinned.clear();
  state.unread.clear();
  state.calls = [];
  state.commands.clear();
  state.reactions.clear();
  state.clock = world.clock;
  if (!state.people.has(state.me)) state.me = world.samples?.[0]?.as ?? world.people[0]?.id ?? null;
  if (!state.chats.has(state.chatId)) state.chatId = groups()[0]?.id ?? state.me;
  emit("world");
}

/** Play somebody else; a private chat follows the person. */
export function become(personId) {
  if (!state.people.has(personId) || personId === state.me) return;
  const wasPrivate = isPrivate();
  state.me = personId;
  if (wasPrivate) state.chatId = personId;
  state.unread.delete(state.chatId);
  emit("person");
}

export function openChat(chatId) {
  if (chatId === state.chatId) return;
  state.chatId = chatId;
  state.unread.delete(chatId);
  emit("chat");
}

function shelf(chatId) {
  if (!state.messages.has(chatId)) state.messages.set(chatId, new Map());
  return state.messages.get(chatId);
}

function takeMessage(event, replay) {
  const known = shelf(event.chat_id).has(event.message.message_id);
  shelf(event.chat_id).set(event.message.message_id, event.message);
  const mine = event.message.from?.id === state.me;
  if (!known && !replay && !mine && event.chat_id !== state.chatId) {
    state.unread.set(event.chat_id, (state.unread.get(event.chat_id) ?? 0) + 1);
  }
}

const reducers = {
  message: takeMessage,
  edited: (event) => shelf(event.chat_id).set(event.message.message_id, event.message),
  deleted: (event) => shelf(event.chat_id).delete(event.message_id),
  pinned: (event) => state.pinned.set(event.chat_id, event.message_id),
  clock: (event) => (state.clock = event.clock),
  call: (event) => state.calls.push(event.call),
  commands: ({ scope, language, commands }) => {
    const where = [scope.type, scope.chat_id, scope.user_id].filter((part) => part !== undefined).join("/");
    state.commands.set(`${where}|${language}`, commands);
  },
  reaction: (event) => state.reactions.set(`${event.chat_id}/${event.message_id}`, event.emoji.join("")),
};

/** Take a batch of events. A replay is taken in silence and shown at once. */
export function takeBatch(events, replay) {
  for (const event of events) {
    reducers[event.type]?.(event, replay);
    if (!replay) emit(event.type, event);
  }
  if (replay) emit("replayed");
}

// The clock of the rehearsal: what it shows, and the two ways to push it on.
import { describeError, getWorld, moveClock } from "./api.js";
import { $, spinner } from "./dom.js";
import { toast } from "./feedback.js";
import { readMoment } from "./format.js";
import { emit, on, state } from "./state.js";

const BUTTONS = { "clock-hour": "+1h", "clock-morning": "next_working_morning" };

const REFRESH_MS = 15_000;

let moving = false;

function kindOf(clock) {
  if (clock.working && clock.kind_name !== "工作日") return "made-up";
  return clock.working ? "working" : "rest";
}

function show() {
  const { clock } = state;
  if (!clock) return;
  const now = readMoment(clock.now);
  $("clock-date").textContent = `${now.date} ${now.weekday}`;
  $("clock-date").dataset.year = `${now.year}年`;
  $("clock-time").textContent = now.time;
  $("clock-now").dateTime = new Date(now.seconds * 1000).toISOString();
  $("day-kind").textContent = clock.kind_name || (clock.working ? "工作日" : "休息日");
  $("day-kind").dataset.kind = kindOf(clock);
}

function setBusy(id, busy) {
  moving = busy;
  for (const key of Object.keys(BUTTONS)) $(key).disabled = busy || !state.online;
  $(id).classList.toggle("busy", busy);
  $(id).setAttribute("aria-busy", String(busy));
  if (busy) $(id).append(spinner());
  else $(id).querySelector(".spinner")?.remove();
}

async function move(id) {
  if (moving) return;
  setBusy(id, true);
  try {
    const answer = await moveClock(BUTTONS[id]);
    if (answer?.now) state.clock = { ...state.clock, ...answer };
    show();
    if (id === "clock-morning") emit("morning");
  } catch (error) {
    toast(describeError(error), "warn");
  } finally {
    setBusy(id, false);
  }
}

/** The clock may run by itself: look at it now and then, while somebody looks at the page. */
async function refresh() {
  if (!state.online || moving || document.hidden) return;
  try {
    state.clock = (await getWorld()).clock;
    show();
  } catch {
    // The events notice a lost connection and say so.
  }
}

export function startClock() {
  setInterval(refresh, REFRESH_MS);
  for (const id of Object.keys(BUTTONS)) $(id).addEventListener("click", () => move(id));
  for (const type of ["world", "replayed", "clock"]) on(type, show);
  on("online", () => {
    if (!moving) for (const id of Object.keys(BUTTONS)) $(id).disabled = !state.online;
  });
}

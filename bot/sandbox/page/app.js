// The sandbox's page: starts the parts and feeds them with events.
import { follow } from "./api.js";
import { startBudget } from "./budget.js";
import { startChat } from "./chat.js";
import { startClock } from "./clock.js";
import { startComposer } from "./composer.js";
import { $ } from "./dom.js";
import { startInspector } from "./inspector.js";
import { startPeople } from "./people.js";
import { startSamples } from "./samples.js";
import { emit, setWorld, state, takeBatch } from "./state.js";
import { startTour } from "./tour.js";

const SILENCE_MS = 400;

function setOnline(online) {
  $("offline").hidden = online;
  if (state.online === online) return;
  state.online = online;
  emit("online");
}

/** A quiet group has nothing to replay, and the first poll waits: then it is shown empty, not left blank. */
let silence = 0;

function onWorld(world) {
  setWorld(world);
  silence = setTimeout(() => emit("replayed"), SILENCE_MS);
}

function onBatch(events, replay) {
  clearTimeout(silence);
  takeBatch(events, replay);
}

for (const start of [startChat, startClock, startPeople, startComposer, startSamples, startTour, startBudget, startInspector]) start();
follow({ onWorld, onBatch, onStatus: setOnline });

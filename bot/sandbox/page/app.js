// The sandbox's page: starts the parts and feeds them with events.
import { follow } from "./api.js";
import { startChat } from "./chat.js";
import { startClock } from "./clock.js";
import { startComposer } from "./composer.js";
import { $ } from "./dom.js";
import { startInspector } from "./inspector.js";
import { startPeople } from "./people.js";
import { startSamples } from "./samples.js";
import { emit, setWorld, state, takeBatch } from "./state.js";

function setOnline(online) {
  $("offline").hidden = online;
  if (state.online === online) return;
  state.online = online;
  emit("online");
}

for (const start of [startChat, startClock, startPeople, startComposer, startSamples, startInspector]) start();
follow({ onWorld: setWorld, onBatch: takeBatch, onStatus: setOnline });

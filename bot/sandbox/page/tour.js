// The steps for a newcomer: the one that comes next is a button, and does it.
import { jumpToButton } from "./chat.js";
import { $, h, icon, memory } from "./dom.js";
import { toast } from "./feedback.js";
import { useSample } from "./samples.js";
import { become, groups, isFirstLook, me, messagesOf, on, openChat, state } from "./state.js";

const TAKE = /^领账\s*·\s*(.+)$/;

const STEPS = [
  { key: "sample", label: "选一条示例", act: () => useSample(0) },
  { key: "sent", label: "发送", act: () => $("composer").requestSubmit() },
  { key: "pressed", label: "换部门领账", act: playDepartment },
  { key: "morning", label: "到次日看提醒", act: () => $("clock-morning").click() },
  { key: "late", label: "再过两天看逾期", act: () => $("clock-morning").click() },
];
const MORNINGS = 3; // so many working mornings on, what was not taken is overdue and on the board

const done = new Set();
let mornings = 0;

/** The first button for a department to take its tasks: {message, person, press}. */
function findTake() {
  for (const { id } of groups()) {
    for (const message of [...messagesOf(id).values()].reverse()) {
      for (const button of (message.buttons ?? []).flat()) {
        const department = TAKE.exec(button.text)?.[1];
        const person = department && findOfficial(department);
        if (person) return { chatId: id, message, person, press: button.data };
      }
    }
  }
  return null;
}

const findOfficial = (department) =>
  [...state.people.values()].find((person) => person.role === "department" && (person.unit?.includes(department) || person.name.startsWith(department)));

function playDepartment() {
  const found = findTake();
  if (!found) return toast("还没有待领的任务，先登记一个项目");
  become(found.person.id);
  openChat(found.chatId);
  jumpToButton(found.message.message_id, found.press);
}

function mark(step) {
  if (done.has(step)) return;
  done.add(step);
  draw();
}

function element({ key, label, act }, at, current) {
  const number = h("span", { class: "step-number" }, done.has(key) ? icon("check") : String(at + 1));
  if (at !== current) return h("li", { class: done.has(key) ? "done" : "" }, number, h("span", { class: "step-label" }, label));
  return h("li", { class: "current", "aria-current": "step" },
    h("button", { type: "button", "data-testid": "tour-step", onclick: act }, number, h("span", { class: "step-label" }, label)));
}

function draw() {
  const current = STEPS.findIndex(({ key }) => !done.has(key));
  $("hint").hidden = current < 0 || memory.read("hint") === "gone";
  $("hint-steps").replaceChildren(...STEPS.map((step, at) => element(step, at, current)));
  $("clock-morning").classList.toggle("inviting", STEPS[current]?.key === "morning" && !$("hint").hidden);
}

function dismiss() {
  memory.write("hint", "gone");
  draw();
}

export function startTour() {
  $("hint-close").addEventListener("click", dismiss);
  on("world", draw);
  on("replayed", () => {
    if (!isFirstLook()) ["sample", "sent"].forEach((key) => done.add(key));
    draw();
  });
  on("sample", () => mark("sample"));
  on("sent", () => ["sample", "sent"].forEach(mark));
  on("pressed", () => me()?.role === "department" && mark("pressed"));
  on("morning", () => {
    if (!done.has("sent")) return;
    mornings += 1;
    ["pressed", "morning"].forEach(mark);
    if (mornings >= MORNINGS) mark("late");
  });
}

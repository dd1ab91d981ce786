// Runs once, when the page has loaded. Turns clicks on our own buttons into 'press' events, keeps the focus and
// open details where they were when a list is drawn again, and keeps the newest turn in view.

let pressed = "";
const opened = new Set();
let followed = true;
let turns = 0;
let scrolledTo = 0;

const conversation = () => document.querySelector("#tm-chat [role=log]");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tm-action]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  pressed = button.dataset.key || "";
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 3000);
  trigger("press", { action: button.dataset.tmAction, value: button.dataset.tmValue });
});

document.addEventListener(
  "toggle",
  (event) => {
    const key = event.target.dataset?.key;
    if (key) event.target.open ? opened.add(key) : opened.delete(key);
  },
  true,
);

// Whoever scrolls away by hand is left where they are until the next turn.
document.addEventListener(
  "scroll",
  (event) => {
    if (event.target === conversation() && Math.abs(event.target.scrollTop - scrolledTo) > 4) followed = false;
  },
  true,
);

function settle() {
  for (const head of document.querySelectorAll(".thought-group > .title")) {
    const open = head.nextElementSibling !== null;
    if (head.getAttribute("aria-expanded") !== String(open)) head.setAttribute("aria-expanded", String(open));
    const arrow = head.querySelector(".arrow button");
    if (arrow && arrow.tabIndex !== -1) {
      arrow.tabIndex = -1;
      arrow.setAttribute("aria-hidden", "true");
    }
  }
  const send = document.querySelector("#tm-composer .submit-button");
  if (send && !send.hasAttribute("aria-label")) send.setAttribute("aria-label", "Send");
  for (const key of opened) {
    const details = document.querySelector(`details[data-key="${CSS.escape(key)}"]`);
    if (details && !details.open) details.open = true;
  }
  if (pressed && document.activeElement === document.body) {
    const button = document.querySelector(`button[data-key="${CSS.escape(pressed)}"]`);
    if (button) button.focus({ preventScroll: true });
  }
  const rows = document.querySelectorAll("#tm-chat .user-row");
  if (rows.length !== turns) {
    followed = rows.length > 0;
    turns = rows.length;
  }
  const box = conversation();
  if (followed && rows.length && box) {
    const top = rows[rows.length - 1].getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (Math.abs(top - 12) > 1) box.scrollTop += top - 12;
    scrolledTo = box.scrollTop;
  }
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    settle();
  });
}).observe(document.body, { childList: true, subtree: true, characterData: true });
settle();

// Keeps the page up to date: replaces what changed on the server without losing what the visitor is typing.
const EVERY_MS = 700;
let shown = null;

async function refresh() {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  const tag = answer.headers.get("etag");
  if (!answer.ok || tag === shown) return;
  shown = tag;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = fresh.title;
  // Screen readers announce what changes inside of an element that stays.
  for (const part of document.querySelectorAll("[data-live-text]")) {
    const next = fresh.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (next && !isInUse(part)) replace(part, next);
  }
}

/** Somebody is typing in it or has typed. */
function isInUse(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), textarea")];
  return fields.some((field) => field === document.activeElement || field.value !== field.defaultValue);
}

function replace(part, next) {
  for (const closed of next.querySelectorAll("details[id]")) {
    const before = document.getElementById(closed.id);
    if (before) closed.open = before.open;
  }
  if (part.innerHTML === next.innerHTML) return;
  const focused = part.contains(document.activeElement) ? pathTo(document.activeElement) : null;
  part.replaceWith(document.adoptNode(next));
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
}

function pathTo({ localName, name, value }) {
  return `${localName}[name="${CSS.escape(name ?? "")}"][value="${CSS.escape(value ?? "")}"]`;
}

// Forms work without this; with it, the page keeps its scroll position.
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  event.preventDefault();
  target.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(target, submitter));
  fetch(target.action, { method: "POST", body })
    .then((answer) => {
      if (new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
      target.reset();
      target.closest("details.more")?.removeAttribute("open");
      document.activeElement?.closest("textarea, input")?.blur();
      return refresh();
    })
    .catch(() => target.submit())
    .finally(() => target.removeAttribute("aria-busy"));
});

function keepTrue() {
  const done = document.hidden ? Promise.resolve() : refresh();
  done.catch(() => {}).finally(() => setTimeout(keepTrue, EVERY_MS));
}

keepTrue();

// Public pages without network: opened once, they open again; a form sent without network waits here and is sent once.
// Without this script everything works as long as there is network. Nothing of a form stays after it was sent.

const FORMS = "telaio-forms";
const PATIENCE = 3500;
const TRY_AGAIN = 8000;
const ENDED = 410;
const TO_PUT_RIGHT = 422;
const WAITS = "form[data-offline]";
const HERE = location.href.split("#")[0];
const AS_READ = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'",
};
// The page as it came, kept so that nobody pays for it twice; an answer to a form is never kept.
const script = document.querySelector("script[data-worker]");
const asRead = "kept" in script.dataset && `<!DOCTYPE html>${document.documentElement.outerHTML}`;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const say = (what) => {
  const line = document.querySelector("[data-offline-state]");
  if (!line?.dataset[what]) return;
  line.textContent = line.dataset[what];
  line.hidden = false;
};

// The first field without which nothing is taken and that nobody filled in; a phone without network is told at once.
const isFilled = (one) => (/^(checkbox|radio)$/.test(one.type) ? one.checked : one.value.trim() !== "");
const missing = (form) =>
  (form.dataset.needs ?? "")
    .split(" ")
    .map((names) => names.split("|").flatMap((name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]))
    .find((fields) => fields.length && !fields.some(isFilled))?.[0];

// What waits, by the random name its form gave it.
const store = (mode, act) =>
  new Promise((done, failed) => {
    const opening = indexedDB.open(FORMS, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "id" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const work = database.transaction("waiting", mode);
      const asked = act(work.objectStore("waiting"));
      work.oncomplete = () => (database.close(), done(asked?.result));
      work.onerror = work.onabort = () => (database.close(), failed(work.error));
    };
  });
const waiting = () => store("readonly", (rows) => rows.getAll());
const keep = (row) => store("readwrite", (rows) => rows.put(row));
const forget = (id) => store("readwrite", (rows) => rows.delete(id));

const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

// One at a time, in every open page of this space.
const sendWaiting = () =>
  navigator.locks ? navigator.locks.request(FORMS, { ifAvailable: true }, (lock) => lock && sendAll()) : sendAll();

// A phone often says that it has network when it has none: as long as something waits, try.
let trying;
const keepTrying = () => {
  trying ??= setInterval(async () => {
    await sendWaiting();
    if ((await waiting()).length) return;
    clearInterval(trying);
    trying = undefined;
  }, TRY_AGAIN);
};

async function sendAll() {
  for (const row of await waiting()) {
    try {
      const page = await fetch(row.url, { cache: "no-store" });
      if (page.status === ENDED) {
        await forget(row.id);
        say("refused");
        continue;
      }
      const fresh = (await parsed(page)).querySelector(WAITS);
      if (!page.ok || !fresh) return say("kept");
      say("sending");
      await pause(PATIENCE);
      const body = new FormData();
      for (const [name, value] of row.entries) body.append(name, value);
      for (const name of ["csrfmiddlewaretoken", "stamp"]) body.set(name, fresh.elements[name].value);
      const answer = await fetch(row.url, { method: "POST", body });
      if (answer.status === ENDED) {
        await forget(row.id);
        say("refused");
        continue;
      }
      if (!answer.ok && answer.status !== TO_PUT_RIGHT) return say("kept");
      const isWrong = !answer.ok && (await parsed(answer.clone())).querySelector("[aria-invalid=true]");
      if (row.isSurvey && !answer.ok && !isWrong) return say("kept");
      if (!row.isSurvey || isWrong) await replaced(answer);
      await forget(row.id);
      // The person puts it right on this page: nothing else takes its place meanwhile.
      if (isWrong) {
        clearInterval(trying);
        trying = undefined;
        return;
      }
      say("sent");
    } catch {
      return say("kept");
    }
  }
}

const replaced = async (response) => {
  const page = await parsed(response);
  const main = document.adoptNode(page.querySelector("main"));
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  // A script that came inside an answer runs only when it is made anew.
  for (const still of main.querySelectorAll("script[src]")) {
    const live = document.createElement("script");
    live.type = "module";
    live.src = still.src;
    still.replaceWith(live);
  }
  scrollTo(0, 0);
  (document.querySelector("[data-error-summary]") ?? document.getElementById("main")).focus();
  begin();
};

async function send(event) {
  const form = event.target;
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const body = new FormData(form);
  const isSurvey = form.dataset.offline === "survey";
  if (isSurvey) body.set("go", "send");
  try {
    await replaced(await fetch(form.action, { method: "POST", body }));
  } catch {
    const first = missing(form);
    if (first) {
      say("missing");
      first.focus();
      return;
    }
    const id = body.get("answer_id") ?? crypto.randomUUID();
    body.set(isSurvey ? "via" : "sent_id", isSurvey ? "offline" : id);
    await keep({ id, url: form.dataset.whole, entries: [...body], isSurvey });
    form.reset();
    form.hidden = true;
    say("kept");
    keepTrying();
  } finally {
    button.disabled = false;
  }
}

// On one page with everything: what hangs on another answer shows when that is given.
const chosen = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((one) => one.value);
const route = (form) =>
  form.querySelectorAll("[data-asked-after]").forEach((part) => {
    const codes = part.dataset.askedIf.split(" ");
    part.hidden = !chosen(form, part.dataset.askedAfter).some((code) => codes.includes(code));
  });

function begin() {
  const form = document.querySelector(WAITS);
  if (!form) return;
  if (form.dataset.sends !== undefined) {
    route(form);
    form.addEventListener("input", () => route(form));
    form.addEventListener("submit", send);
  } else {
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      say("offline");
    });
  }
}

// This page with the whole form in the place of its first sheet: only the form itself comes over the network.
async function withWhole(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error("no form");
  const page = new DOMParser().parseFromString(asRead, "text/html");
  page.querySelector(WAITS).outerHTML = await answer.text();
  return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}

// What the worker has not seen: this page, its parts, and the whole form.
async function prepare() {
  await navigator.serviceWorker.register(script.dataset.worker, { scope: script.dataset.scope });
  const cache = await caches.open(FORMS);
  const form = document.querySelector(WAITS);
  const whole = form && !("sends" in form.dataset) ? new URL(form.dataset.whole, HERE).href : HERE;
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
  await cache.addAll(asRead ? parts : [...parts, whole]);
  if (!asRead) return;
  const kept = whole === HERE ? asRead : await withWhole(whole);
  await cache.put(whole, new Response(kept, { headers: AS_READ }));
}

begin();
if ("serviceWorker" in navigator && "caches" in window) {
  prepare().catch(() => {});
  addEventListener("offline", () => say("offline"));
  addEventListener("online", sendWaiting);
  if (!navigator.onLine) say("offline");
  waiting()
    .then((rows) => rows.length && (sendWaiting(), keepTrying()))
    .catch(() => {});
}

// Answering a survey without network: opened once, it opens again; sent without network, it waits here and is sent once.
// Without this script everything works as long as there is network. Nothing of an answer stays after it was sent.

const KEEP = "telaio-survey";
const PATIENCE = 3500;
const TRY_AGAIN = 8000;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const state = () => document.querySelector("[data-survey-state]");
const say = (what) => {
  const line = state();
  if (!line) return;
  line.textContent = line.dataset[what];
  line.hidden = false;
};

// Answers that wait, by the random name their form gave them.
const store = (mode, act) =>
  new Promise((done, failed) => {
    const opening = indexedDB.open(KEEP, 1);
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
const entries = (form) => new URLSearchParams(new FormData(form)).toString();

// One at a time, in every open page of this space.
const sendWaiting = () =>
  navigator.locks ? navigator.locks.request(KEEP, { ifAvailable: true }, (lock) => lock && sendAll()) : sendAll();

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
      if (page.status === 410) {
        await forget(row.id);
        say("refused");
        continue;
      }
      const fresh = (await parsed(page)).querySelector("form[data-survey]");
      if (!page.ok || !fresh) return say("kept");
      say("sending");
      await pause(PATIENCE);
      const body = new URLSearchParams(row.body);
      for (const name of ["csrfmiddlewaretoken", "stamp"]) body.set(name, fresh.elements[name].value);
      body.set("via", "offline");
      const answer = await fetch(row.url, { method: "POST", body });
      if (answer.ok) {
        await forget(row.id);
        say("sent");
      } else {
        return say("kept");
      }
    } catch {
      return say("kept");
    }
  }
}

const replaced = async (response) => {
  const page = await parsed(response);
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  scrollTo(0, 0);
  (document.querySelector("[data-error-summary]") ?? document.getElementById("main")).focus();
  begin();
};

async function send(event) {
  const form = event.target;
  event.preventDefault();
  const button = form.querySelector("[name=go]");
  button.disabled = true;
  const body = new URLSearchParams(entries(form));
  body.set("go", "send");
  try {
    await replaced(await fetch(form.action, { method: "POST", body }));
  } catch {
    await keep({ id: body.get("answer_id"), url: form.dataset.whole, body: body.toString() });
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
  const form = document.querySelector("form[data-survey]");
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

async function prepare(form) {
  await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
  const cache = await caches.open(KEEP);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
  await cache.addAll([form.dataset.whole, ...parts]);
}

const first = document.querySelector("form[data-survey]");
begin();
if (first && "serviceWorker" in navigator && "caches" in window) {
  prepare(first).catch(() => {});
  addEventListener("offline", () => say("offline"));
  addEventListener("online", sendWaiting);
  if (!navigator.onLine) say("offline");
  waiting()
    .then((rows) => rows.length && (sendWaiting(), keepTrying()))
    .catch(() => {});
}

// Lets public pages that were opened once open again without network. It keeps pages and their parts, never an answer.

const FORMS = "telaio-forms";
const PAGES = "telaio-pages";
const MOST_PAGES = 60;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (request, response) => {
  const cache = await caches.open(PAGES);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, response);
  const known = await cache.keys();
  await Promise.all(known.slice(0, Math.max(0, known.length - MOST_PAGES)).map((old) => cache.delete(old)));
};

const kept = async (request) => {
  // Pages are the same for everybody: what an answer varies with is of no account here.
  // A form that was kept whole stands before the page it was opened on, which may be a part of it.
  for (const name of [FORMS, PAGES]) {
    for (const rule of [{ ignoreVary: true }, { ignoreVary: true, ignoreSearch: true }]) {
      const found = await (await caches.open(name)).match(request, rule);
      if (found) return found;
    }
  }
  return Response.error();
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const isPart = ["style", "script", "font", "image"].includes(request.destination);
  if (request.method !== "GET" || !(isPart || request.mode === "navigate")) return;
  const answer = fetch(request).then((response) => {
    // Within the worker's reach lie public pages only: nothing on them is anybody's.
    if (response.ok) event.waitUntil(keep(request, response.clone()).catch(() => {}));
    return response;
  });
  event.respondWith(answer.catch(() => kept(request)));
});

// Lets a survey that was opened once open again without network. It keeps pages and their parts, never an answer.

const KEEP = "telaio-survey";
const SURVEY = /\/surveys\/\d+\/$/;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request) => {
  const cache = await caches.open(KEEP);
  // A page was kept by a script, not by going to it: what its answer varies with is of no account here.
  const same = { ignoreVary: true };
  const found = (await cache.match(request, same)) ?? (await cache.match(request, { ...same, ignoreSearch: true }));
  return found ?? Response.error();
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const isPart = ["style", "script", "font"].includes(request.destination);
  const isSurvey = request.mode === "navigate" && SURVEY.test(new URL(request.url).pathname);
  if (request.method !== "GET" || !(isPart || isSurvey)) return;
  event.respondWith(fetch(request).catch(() => kept(request)));
});

// The service worker: keeps all files of one version and answers from them, so that the page works offline and is never
// half old, half new. The build writes `version` (of the files' contents) and `files`.

/* global version, files */
/** A name with its contents' hash means one contents for ever: what the page has fetched just now need not come twice. */
const hasHash = (file) => /-[0-9a-f]{10}\.\w+$/.test(file);
const cacheName = `costudio-${version}`;

self.addEventListener('install', (event) => {
    event.waitUntil(caches.open(cacheName).then((cache) =>
        cache.addAll(files.map((file) => new Request(file, {cache: hasHash(file) ? 'default' : 'reload'})))));
});

self.addEventListener('activate', (event) => {
    event.waitUntil((async () => {
        const old = (await caches.keys()).filter((name) => name.startsWith('costudio-') && name !== cacheName);
        await Promise.all(old.map((name) => caches.delete(name)));
        await self.clients.claim();
    })());
});

self.addEventListener('message', ({data}) => {
    if (data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    const inScope = url.href.startsWith(self.registration.scope);
    if (event.request.method !== 'GET' || !inScope) return;
    event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
    const cache = await caches.open(cacheName);
    const isPage = request.mode === 'navigate' && /(\/|\/index\.html)$/.test(url.pathname);
    const found = await cache.match(isPage ? './' : request, {ignoreSearch: true});
    return found ?? fetch(request);
}

// Offline, and new versions. A new version is fetched beside the old one and waits; it takes over when the person says so,
// or when the last page of the old one is closed. A page never mixes the files of two versions.

import {trustedScript} from './trusted.js';

export async function keepOffline(session) {
    if (!('serviceWorker' in navigator) || !/^https?:$/.test(location.protocol)) return;
    let taken = false;
    const isFirst = !navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
        if (isFirst || taken) return;
        taken = true;
        location.reload();
    });
    try {
        const registration = await navigator.serviceWorker.register(trustedScript('service_worker.js'));
        if (registration.waiting) offer(registration.waiting, session);
        registration.addEventListener('updatefound', () => {
            const next = registration.installing;
            next?.addEventListener('statechange', () => {
                if (next.state === 'installed' && navigator.serviceWorker.controller) offer(next, session);
            });
        });
    } catch {
        // not allowed here, in a private window for one: the page works, but only with the server
    }
}

function offer(worker, session) {
    session.tell('A new version of this page is ready.', {actions: [['Use it', () => worker.postMessage('take over')]]});
}

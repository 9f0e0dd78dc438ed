// The only place that names scripts. The page's policy forbids every string that a browser would run (Trusted Types);
// this passes the worker's and the service worker's own addresses and nothing else.

const policy = globalThis.trustedTypes?.createPolicy('costudio', {
    createScriptURL(address) {
        const url = new URL(address, document.baseURI);
        const ours = url.protocol === 'blob:' || (url.origin === location.origin && url.pathname.endsWith('.js'));
        if (!ours) throw new TypeError(`not a script of this page: ${address}`);
        return address;
    },
});

export const trustedScript = (address) => policy?.createScriptURL(address) ?? address;

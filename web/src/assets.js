// Assets: the files that are loaded as bytes. Beside the page on a server; in the one self-contained file they stand in
// the page itself, compressed, because a page opened from disk may not fetch.

/** `hash` lets a file be cached for ever: the build puts each asset's address into a list in the page. */
const addresses = JSON.parse(document.getElementById('asset-addresses')?.textContent ?? '{}');

export async function bytesOf(name) {
    const embedded = document.getElementById(`asset-${name}`);
    if (embedded) return inflate(embedded.textContent);
    const response = await fetch(new URL(addresses[name], document.baseURI));
    if (!response.ok) throw new Error(`${name} could not be loaded (${response.status})`);
    return response.arrayBuffer();
}

export async function jsonOf(name) {
    return JSON.parse(new TextDecoder().decode(await bytesOf(name)));
}

export function namesOf(kind) {
    return Object.keys(addresses).filter((name) => name.startsWith(kind));
}

/** The address of a script for a worker. */
export async function scriptOf(name) {
    if (!document.getElementById(`asset-${name}`)) return new URL(addresses[name], document.baseURI).href;
    return URL.createObjectURL(new Blob([await bytesOf(name)], {type: 'text/javascript'}));
}

async function inflate(base64) {
    const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

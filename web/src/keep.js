// What the browser keeps for a person between visits: progress, edited code, settings. Nothing of it leaves the machine.
// A browser that keeps nothing (private window, storage switched off) is no error: then it lasts as long as the page.

const prefix = 'costudio.';
const shortLived = new Map(); // what the browser would not keep

export function kept(name, otherwise) {
    if (shortLived.has(name)) return shortLived.get(name) ?? otherwise;
    try {
        const text = localStorage.getItem(prefix + name);
        return text === null ? otherwise : JSON.parse(text);
    } catch {
        return otherwise;
    }
}

export function keep(name, value) {
    try {
        if (value === undefined) localStorage.removeItem(prefix + name);
        else localStorage.setItem(prefix + name, JSON.stringify(value));
        shortLived.delete(name);
    } catch {
        shortLived.set(name, value); // full or forbidden
    }
}

// What the browser keeps for a person between visits: progress, edited code, settings. Nothing of it leaves the machine.
// A browser that keeps nothing (private window, storage switched off) is no error: then it lasts as long as the page.

const prefix = 'costudio.';
const shortLived = new Map();

export function kept(name, otherwise) {
    try {
        const text = localStorage.getItem(prefix + name);
        return text === null ? (shortLived.get(name) ?? otherwise) : JSON.parse(text);
    } catch {
        return shortLived.get(name) ?? otherwise;
    }
}

export function keep(name, value) {
    shortLived.set(name, value);
    try {
        if (value === undefined) localStorage.removeItem(prefix + name);
        else localStorage.setItem(prefix + name, JSON.stringify(value));
    } catch {
        // full or forbidden: the map above has it
    }
}

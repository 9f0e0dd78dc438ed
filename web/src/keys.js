// The keyboard outside the editor. In a field, a dialog or the editor the keys belong to that; Ctrl+Enter and Ctrl+K
// always work.

const everywhere = new Set(['run', 'palette']);

export function listenToKeys(groups) {
    const byKey = new Map();
    for (const {commands} of groups) {
        for (const command of commands) for (const key of command.keys) byKey.set(key, command);
    }
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || event.isComposing) return;
        const command = byKey.get(nameOf(event));
        if (!command || (isTaken(event) && !everywhere.has(command.id))) return;
        if (document.querySelector('dialog[open]')) return;
        event.preventDefault();
        command.run(event.key);
    });
}

function nameOf(event) {
    const key = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : event.key;
    const parts = [];
    if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
    if (event.altKey) parts.push('Alt');
    // A letter or sign says by itself whether Shift was held: "?" is "?" on every keyboard.
    if (event.shiftKey && key.length > 1) parts.push('Shift');
    return [...parts, key].join('+');
}

function isTaken(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return false;
    if (target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]')) return true;
    const onControl = target.closest('button, a, summary, [role="radio"]');
    if (onControl && (event.key === ' ' || event.key === 'Enter')) return true;
    if (target.closest('[role="radiogroup"], [role="tablist"]') && event.key.startsWith('Arrow')) return true;
    const scrolls = ['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown'].includes(event.key);
    return scrolls && !event.altKey && !event.shiftKey && Boolean(target.closest('.rows, .lesson-body'));
}

// Store: what the person sees is a function of it. Whoever changes it says so once; whoever shows it asks to be told.
//
//     store.on(['step', 'run'], ({step}) => show(step));
//     store.set({step: 20});

export function createStore(initial) {
    const state = {...initial};
    const listeners = [];
    const pending = new Set();
    let telling = false;

    function tell() {
        if (telling) return; // a listener's own change is told after this one's round
        telling = true;
        try {
            while (pending.size > 0) {
                const changed = new Set(pending);
                pending.clear();
                for (const {keys, listener} of listeners) {
                    if (keys.some((key) => changed.has(key))) listener(state);
                }
            }
        } finally {
            telling = false;
        }
    }

    return {
        state,
        set(changes) {
            for (const [key, value] of Object.entries(changes)) {
                if (!(key in state)) throw new Error(`the store knows no "${key}"`);
                if (Object.is(state[key], value)) continue;
                state[key] = value;
                pending.add(key);
            }
            tell();
        },
        /** Calls `listener` now, and whenever one of `keys` has changed. */
        on(keys, listener) {
            listeners.push({keys, listener});
            listener(state);
        },
    };
}

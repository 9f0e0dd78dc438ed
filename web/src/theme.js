// Theme: the system's unless the person chose one. `dark` or `light` stands on the page's root, for the styles.

import {keep, kept} from './keep.js';

const prefersLight = matchMedia('(prefers-color-scheme: light)');

export function followTheme(store) {
    const apply = () => {
        const chosen = store.state.themeChoice;
        const theme = chosen === 'system' ? (prefersLight.matches ? 'light' : 'dark') : chosen;
        document.documentElement.dataset.theme = theme;
        store.set({theme});
    };
    prefersLight.addEventListener('change', apply);
    store.on(['themeChoice'], ({themeChoice}) => {
        keep('theme', themeChoice === 'system' ? undefined : themeChoice);
        apply();
    });
}

export const keptTheme = () => {
    const theme = kept('theme', 'system');
    return ['dark', 'light'].includes(theme) ? theme : 'system';
};
